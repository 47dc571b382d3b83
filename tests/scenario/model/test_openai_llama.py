"""luka speaks to a real llama.cpp server."""

import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing, asynccontextmanager, contextmanager

import httpx
import pytest

from luka_bot.llm.connection import Timeouts
from luka_bot.llm.openai_compatible import OpenAIClient
from luka_bot.models.errors import (
    ContextTooLong,
    ModelAway,
    ModelError,
    ModelKeyRefused,
    ModelStalled,
)
from luka_bot.models.events import Delta, Finished, ModelEvent
from tests.llama_fixtures import Llama
from tests.scenario.model.asking import PATIENT, request, text_of
from tests.tiny_size import ANSWER, CONTEXT, NAME
from tests.waiting import wait_until_found


@contextmanager
def frozen(llama: Llama) -> Iterator[None]:
    os.kill(llama.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(llama.pid, signal.SIGCONT)


@asynccontextmanager
async def client_of(
    llama: Llama, timeouts: Timeouts = PATIENT, *, key: str = "", path: str = ""
) -> AsyncIterator[OpenAIClient]:
    async with OpenAIClient.open(llama.url + path, timeouts, key=key or llama.key) as client:
        yield client


async def heard(client: OpenAIClient, text: str = "Hello") -> list[ModelEvent]:
    async with aclosing(client.stream(request(text, NAME, CONTEXT))) as events:
        return [event async for event in events]


async def slot(llama: Llama) -> dict[str, object]:
    """What the server's only worker does."""
    async with httpx.AsyncClient(trust_env=False) as http:
        headers = {"Authorization": f"Bearer {llama.key}"}
        (only,) = (await http.get(f"{llama.url}/slots", headers=headers)).json()
    return dict(only)


@pytest.mark.parametrize("path", ["", "/", "/v1"])
async def test_an_answer_comes_token_by_token_and_is_counted(llama: Llama, path: str) -> None:
    async with client_of(llama, path=path) as client:
        *said, last = await heard(client)

    assert len(said) > ANSWER / 2
    assert len(text_of(said).split()) == ANSWER
    assert isinstance(last, Finished)
    assert last.usage.model == NAME
    assert last.usage.answer_tokens == ANSWER
    assert last.usage.prompt_tokens > 0
    assert last.usage.seconds > 0
    assert last.full  # the server has a limit of its own


async def test_letting_go_of_the_stream_stops_the_server(llama: Llama) -> None:
    async def idle() -> bool:
        return (await slot(llama))["is_processing"] is False

    async with client_of(llama) as client:
        async with aclosing(client.stream(request("Hi", NAME, CONTEXT))) as events:
            assert isinstance(await anext(events), Delta)
        await wait_until_found(idle)

    read = (await slot(llama))["n_prompt_tokens"]  # with what was written after the prompt
    assert isinstance(read, int)
    assert read < ANSWER


async def test_a_prompt_beyond_the_context_is_refused_as_too_long(llama: Llama) -> None:
    async with client_of(llama) as client:
        with pytest.raises(ContextTooLong) as caught:
            await heard(client, "hello " * CONTEXT)

    assert caught.value.limit == CONTEXT


async def test_no_first_word_in_time_is_a_stall(llama: Llama) -> None:
    async with client_of(llama, Timeouts(connect=5, first_token=1, idle=10)) as client:
        with frozen(llama), pytest.raises(ModelStalled):
            await heard(client)


async def test_a_server_that_freezes_in_the_middle_is_a_stall(llama: Llama) -> None:
    async def to_the_end(events: AsyncIterator[ModelEvent]) -> None:
        async for _ in events:
            pass

    async with (
        client_of(llama, Timeouts(connect=5, first_token=10, idle=0.2)) as client,
        aclosing(client.stream(request("Hi", NAME, CONTEXT))) as events,
    ):
        assert isinstance(await anext(events), Delta)
        with frozen(llama), pytest.raises(ModelStalled):
            await to_the_end(events)


async def test_another_key_is_refused_and_shown_nowhere(llama: Llama) -> None:
    async with client_of(llama, key="a-wrong-secret") as client:
        with pytest.raises(ModelKeyRefused) as caught:
            await heard(client)

    assert "a-wrong-secret" not in repr(caught.value)


async def test_its_model_is_listed_with_its_size(llama: Llama) -> None:
    async with client_of(llama) as client:
        (only,) = await client.installed()

    assert only.name == NAME
    assert only.size > 0


async def test_another_path_is_no_server_of_models(llama: Llama) -> None:
    async with client_of(llama, path="/elsewhere") as client:
        with pytest.raises(ModelError) as caught:
            await heard(client)

    assert not isinstance(caught.value, ModelAway)
