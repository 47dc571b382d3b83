"""Redis stops and comes back: people are told, and nothing is lost."""

import asyncio
from collections.abc import AsyncIterator, MutableMapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis as Straight
from structlog.testing import capture_logs

from luka_bot.background import Background
from luka_bot.composition import open_services
from luka_bot.config import Settings
from luka_bot.demo.model import Reply
from luka_bot.demo.telegram import Fault, Person
from luka_bot.models.errors import StorageAway
from luka_bot.models.ids import ChatId, MessageId
from luka_bot.models.turn import Turn
from luka_bot.storage.binary import bundled_binary
from luka_bot.storage.deliveries import Deliveries
from luka_bot.storage.embedded import embedded_server, server_folder
from tests.luka import Luka, running_luka
from tests.scenario.bot.talking import ask, newest, told_to_model
from tests.scenario.storage.talk import ANN, question
from tests.waiting import wait_until, wait_until_found

BINARY = bundled_binary() or Path()
HALF = Reply("The first sentence. And the rest of it.", hold_after=4)


class Redis:
    """The operator's own server, which may be stopped and started again with its data."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running = AsyncExitStack()
        self.url = f"unix://{server_folder(folder)}/redis.sock"

    async def start(self) -> None:
        await self._running.enter_async_context(embedded_server(BINARY, self._folder))

    async def stop(self) -> None:
        await self._running.aclose()


@asynccontextmanager
async def luka_with_redis(
    folder: Path, *, shutdown_grace: float = 5.0, web_port: int = 0
) -> AsyncIterator[tuple[Luka, Redis]]:
    redis = Redis(folder / "redis")
    await redis.start()
    try:
        async with running_luka(
            folder / "luka",
            redis_url=redis.url,
            shutdown_grace=shutdown_grace,
            web_port=web_port,
        ) as luka:
            yield luka, redis
    finally:
        await redis.stop()


async def test_a_question_in_the_meantime_is_answered_when_redis_is_back(tmp_path: Path) -> None:
    async with luka_with_redis(tmp_path) as (luka, redis):
        anna = luka.telegram.person(7, "Anna")
        await ask(luka, anna, "Hi!")
        await redis.stop()

        await anna.writes("Are you there?")
        await luka.telegram.wait_for(lambda: "memory is away" in newest(luka, 7).text, seconds=10)
        luka.model.reply_with("Here again.")
        await redis.start()

        await luka.telegram.wait_for(lambda: newest(luka, 7).text == "Here again.", seconds=10)
        assert told_to_model(luka) == ["Hi!", "Hello there.", "Are you there?"]
        told = [text for text in luka.telegram.said(7) if "memory is away" in text]
        assert len(told) == 1


async def test_who_waits_keeps_their_place_while_redis_is_away(tmp_path: Path) -> None:
    redis = Redis(tmp_path / "redis")
    await redis.start()
    settings = Settings(redis_url=redis.url, data_dir=tmp_path)
    async with open_services(settings) as services, Background() as tasks:
        turns, served, gate = services.turns, list[str](), asyncio.Event()

        async def stand(turn: Turn) -> None:
            async with turns.in_line(ANN, turn):
                served.append(turn.turn_id)
                await gate.wait()

        for name in ("one", "two", "three"):
            tasks.spawn(name, stand(await turns.open(question(name))))
        await wait_until(lambda: served == ["one"])
        await redis.stop()
        gate.set()
        await redis.start()

        await wait_until(lambda: served == ["one", "two", "three"], seconds=10)
    await redis.stop()


async def test_threads_are_never_reported_as_none(tmp_path: Path) -> None:
    async with luka_with_redis(tmp_path) as (luka, redis):
        boris = luka.telegram.person(8, "Борис", language="ru")
        await ask(luka, boris, "Привет!")
        await redis.stop()

        await boris.writes("/chats")
        await luka.telegram.wait_for(lambda: "память ненадолго" in newest(luka, 8).text, seconds=10)
        await redis.start()

        await luka.telegram.wait_for(lambda: "Ваши ветки" in newest(luka, 8).text, seconds=10)
        assert "▶️ Main Chat (2)" in newest(luka, 8).buttons


async def test_an_answer_under_way_is_shown_whole_and_kept(tmp_path: Path) -> None:
    async with luka_with_redis(tmp_path) as (luka, redis):
        anna = await _half_answered(luka)
        await redis.stop()
        luka.model.gate.set()
        await luka.telegram.wait_for(lambda: "🔄 Regenerate" in newest(luka, 7).buttons)

        await redis.start()

        await ask(luka, anna, "What did you say?")
        assert told_to_model(luka)[1] == HALF.text
        assert luka.telegram.said(7)[0] == HALF.text


async def test_an_answer_that_ended_in_a_long_outage_stays_the_one_it_was(tmp_path: Path) -> None:
    """Longer than a lease, so that all work is dropped and begun anew."""
    async with luka_with_redis(tmp_path) as (luka, redis):
        await _half_answered(luka)
        boris = luka.telegram.person(8, "Boris")
        luka.model.reply_with(HALF, "Another one.")
        luka.telegram.faults.add("sendMessage", Fault.silence(seconds=1.0))
        with capture_logs() as lines:
            await boris.writes("Tell me, too")
            await luka.telegram.wait_for(lambda: luka.telegram.calls_of("sendMessage", chat_id=8))
            await redis.stop()  # before it is known where Boris' answer stands
            luka.model.gate.set()
            await wait_until(lambda: _logged(lines, "replica.work_dropped"), seconds=20)
            await redis.start()
            await wait_until(lambda: _count(lines, "turn.ended") == 2, seconds=20)

        assert luka.telegram.said(7) == luka.telegram.said(8) == [HALF.text]
        assert len(luka.model.requests) == 2


async def test_a_fault_of_our_own_is_told_with_a_way_on(tmp_path: Path) -> None:
    async with luka_with_redis(tmp_path) as (luka, redis):
        await _half_answered(luka)
        async with Straight.from_url(redis.url, decode_responses=True) as client:
            (history,) = await client.keys("thread_history:*")
            await client.delete(history)
            await client.set(history, "not a history")
            luka.model.gate.set()

            await luka.telegram.wait_for(lambda: newest(luka, 7).buttons == ["🔁 Retry"])
            await client.delete(history)

        assert "Something went wrong" in newest(luka, 7).text
        assert newest(luka, 7).text.startswith("The first sentence.")


async def test_so_is_a_fault_before_its_answer_has_a_place(tmp_path: Path) -> None:
    async with luka_with_redis(tmp_path) as (luka, redis):
        anna = await _half_answered(luka)
        async with Straight.from_url(redis.url, decode_responses=True) as client:
            await anna.writes("And then?")
            await wait_until_found(lambda: _holds(client, "turn:u1001"))
            await client.delete("turn:u1001")
            await client.set("turn:u1001", "not a turn")
            luka.model.gate.set()

            await luka.telegram.wait_for(lambda: "Something went wrong" in newest(luka, 7).text)

        assert luka.telegram.said(7)[0] == HALF.text
        assert len(luka.telegram.said(7)) == 2


async def test_messages_that_could_not_be_kept_are_known_to_who_sent_them(tmp_path: Path) -> None:
    redis = Redis(tmp_path / "redis")
    await redis.start()
    settings = Settings(redis_url=redis.url, data_dir=tmp_path)
    async with open_services(settings) as services:
        turns, first, second, third = services.turns, *map(MessageId, (1, 2, 3))
        turn = await turns.open(question("one"))
        delivery = turns.delivery(turn, ChatId(ANN))
        await delivery.wrote([first], last=False)
        await redis.stop()
        with pytest.raises(StorageAway):
            await delivery.wrote([first, second], last=False)
        await redis.start()

        again = await turns.open(question("one"))
        assert again.shown == (first, second)

        other = Deliveries(services.storage).of_turn(again, ChatId(ANN))
        await other.wrote([first, third], last=False)
        assert (await turns.open(question("one"))).shown == (first, third)
    await redis.stop()


async def _half_answered(luka: Luka) -> Person:
    """Anna sees the first words, and the Stop button; the rest waits for the gate."""
    anna = luka.telegram.person(7, "Anna")
    luka.model.gate.clear()
    luka.model.reply_with(HALF)
    await anna.writes("Tell me")
    await luka.telegram.wait_for(lambda: "⏹ Stop" in newest(luka, 7).buttons)
    return anna


async def _holds(client: Straight, key: str) -> bool:
    return bool(await client.exists(key))


def _logged(lines: Sequence[MutableMapping[str, Any]], event: str) -> bool:
    return _count(lines, event) > 0


def _count(lines: Sequence[MutableMapping[str, Any]], event: str) -> int:
    return sum(line["event"] == event for line in lines)
