"""One of two model servers dies, and people hardly notice."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from luka_bot.demo.model import Reply, ScriptedOllama
from luka_bot.demo.telegram import Person
from tests.luka import Luka, running_luka
from tests.scenario.bot.talking import can_be_redone, newest


@pytest.fixture
async def other() -> AsyncIterator[ScriptedOllama]:
    async with ScriptedOllama.open(reply="The other one here.") as model:
        yield model


@pytest.fixture
async def luka(tmp_path: Path, other: ScriptedOllama) -> AsyncIterator[Luka]:
    async with ScriptedOllama.open(reply="The first one here.") as first:
        urls = f"{first.url},{other.url}"
        async with running_luka(tmp_path, ollama_url=urls) as running:
            running.model = first
            yield running


@pytest.fixture
def anna(luka: Luka) -> Person:
    return luka.telegram.person(7, "Anna")


async def answered(luka: Luka, text: str) -> None:
    await luka.telegram.wait_for(lambda: newest(luka, 7).text == text)
    await luka.telegram.wait_for(lambda: can_be_redone(newest(luka, 7)))


async def test_a_server_that_dies_between_two_questions_is_replaced(
    luka: Luka, other: ScriptedOllama, anna: Person
) -> None:
    await anna.writes("Hi!")
    await answered(luka, "The first one here.")
    await luka.model.stop()

    await anna.writes("And now?")

    await answered(luka, "The other one here.")
    said = [message["content"] for message in other.requests[-1]["messages"]]
    assert said[-3:] == ["Hi!", "The first one here.", "And now?"]


async def test_a_server_that_dies_in_the_middle_is_told_and_retry_reaches_the_other(
    luka: Luka, other: ScriptedOllama, anna: Person
) -> None:
    luka.model.reply_with(Reply("A whole sentence. And then a", hang_after=4))
    await anna.writes("Hi!")
    await luka.telegram.wait_for(lambda: newest(luka, 7).text.startswith("A whole sentence."))
    await luka.model.stop()
    await luka.telegram.wait_for(lambda: "broke off" in newest(luka, 7).text)
    assert other.requests == []

    await anna.taps("🔁 Retry")

    await answered(luka, "The other one here.")


async def test_with_both_away_people_read_so_and_go_on_when_one_is_back(
    luka: Luka, other: ScriptedOllama, anna: Person
) -> None:
    await luka.model.stop()
    await other.stop()
    await anna.writes("Hi!")
    await luka.telegram.wait_for(lambda: "can't reach the model" in newest(luka, 7).text)
    await other.start()

    await anna.taps("🔁 Retry")

    await answered(luka, "The other one here.")
