"""The whole bot with a real llama.cpp server behind it."""

from pathlib import Path

from pydantic import SecretStr

from chaos.ports import free_port
from tests.llama_fixtures import Llama
from tests.luka import running_luka
from tests.scenario.bot.alarming import QUICK, Watched
from tests.scenario.bot.talking import can_be_redone, newest
from tests.tiny_size import CONTEXT, NAME
from tests.waiting import wait_until_found


async def test_a_person_is_answered_to_the_end(tmp_path: Path, llama: Llama) -> None:
    async with running_luka(
        tmp_path,
        llm_api="openai",
        llm_url=llama.url,
        llm_key=SecretStr(llama.key),
        llm_model=NAME,
        ollama_num_ctx=CONTEXT,
    ) as luka:
        anna = luka.telegram.person(7, "Anna")
        await anna.writes("Hello")
        await luka.telegram.wait_for(lambda: can_be_redone(newest(luka, 7)), seconds=30)

    assert len(luka.telegram.said(7)[-1].split()) > 100


async def test_a_wrong_key_is_told_to_the_person(tmp_path: Path, llama: Llama) -> None:
    async with running_luka(
        tmp_path, llm_api="openai", llm_url=llama.url, llm_key=SecretStr("wrong"), llm_model=NAME
    ) as luka:
        anna = luka.telegram.person(7, "Anna")

        await anna.writes("Hello")

        await luka.telegram.wait_for(lambda: "doesn't let me in" in newest(luka, 7).text)


async def test_a_model_that_answers_under_another_name_than_its_server_tells_is_well(
    tmp_path: Path, llama: Llama
) -> None:
    async with running_luka(
        tmp_path,
        pulse=QUICK,
        web_port=free_port(),
        llm_api="openai",
        llm_url=llama.url,
        llm_key=SecretStr(llama.key),
        llm_model="an-alias",
        ollama_num_ctx=CONTEXT,
    ) as luka:
        watched = Watched(luka, ())
        await wait_until_found(
            lambda: watched.shows("model", "the server hasn't got an-alias", ok=False)
        )
        await luka.telegram.person(7, "Anna").writes("Hello")

        await watched.well()
