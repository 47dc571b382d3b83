"""Killed at each step on an answer's way: it arrives, and what may stand twice is counted."""

import json
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from luka_bot.demo.model import Reply, ScriptedOllama
from luka_bot.demo.telegram import Fault, Limits, LocalTelegram, Person
from luka_bot.storage.binary import bundled_binary
from luka_bot.storage.embedded import embedded_server
from tests.luka import TOKEN
from tests.process import luka_process
from tests.waiting import wait_until

WHOLE = "Hello there."
LONG = "The first sentence stands. " + "More words follow it. " * 10
AGAIN = "🔄 Regenerate"
ONE_A_MINUTE = {"FLOOD_PER_MINUTE": "1"}  # what is run once more isn't held to the pace again
LONG_WAIT = 60  # s; a start of luka, and the time until the one before it counts as dead


@pytest.fixture
async def telegram() -> AsyncIterator[LocalTelegram]:
    async with LocalTelegram.open(token=TOKEN, limits=Limits.none()) as server:
        yield server


@pytest.fixture
async def model() -> AsyncIterator[ScriptedOllama]:
    async with ScriptedOllama.open(reply=WHOLE) as server:
        yield server


@pytest.fixture
def anna(telegram: LocalTelegram) -> Person:
    return telegram.person(7, "Anna")


def log_of(folder: Path, event: str) -> list[dict[str, object]]:
    lines = (folder / "luka.log").read_text("utf-8").splitlines()
    told = [json.loads(line) for line in lines if line.startswith("{")]
    return [one for one in told if one["event"] == event]


def doubts(folder: Path) -> list[object]:
    """Why, for each send that was counted as doubtful."""
    return [one["why"] for one in log_of(folder, "delivery.ambiguous_send")]


def floods(folder: Path) -> int:
    return len([one for one in log_of(folder, "delivery.repeated") if one["why"] == "Flooded"])


async def until_answered(telegram: LocalTelegram) -> None:
    await telegram.wait_for(lambda: AGAIN in telegram.buttons(7), seconds=LONG_WAIT)


async def killed_while(
    telegram: LocalTelegram, model: ScriptedOllama, folder: Path, fault: Fault, method: str
) -> None:
    """In the first call of method; Telegram does to it what the fault says."""
    telegram.faults.add(method, fault)
    before = len(telegram.calls_of(method))
    async with luka_process(folder, telegram, model, **ONE_A_MINUTE) as luka:
        await telegram.wait_for(lambda: len(telegram.calls_of(method)) > before, LONG_WAIT)
        luka.kill()
        await luka.ended()


async def test_killed_before_its_first_message_took_effect_it_is_said_once(
    telegram: LocalTelegram, model: ScriptedOllama, anna: Person, tmp_path: Path
) -> None:
    await anna.writes("Hi!")
    await killed_while(telegram, model, tmp_path, Fault.silence(), "sendMessage")
    async with luka_process(tmp_path, telegram, model, **ONE_A_MINUTE):
        await until_answered(telegram)

    assert telegram.said(7) == [WHOLE]
    assert len(model.requests) == 1
    assert doubts(tmp_path) == ["restart"]


async def test_killed_before_it_heard_of_its_first_message_it_is_said_once_more_and_counted(
    telegram: LocalTelegram, model: ScriptedOllama, anna: Person, tmp_path: Path
) -> None:
    await anna.writes("Hi!")
    await killed_while(telegram, model, tmp_path, Fault.hold(), "sendMessage")
    await killed_while(telegram, model, tmp_path, Fault.hold(), "sendMessage")
    async with luka_process(tmp_path, telegram, model, **ONE_A_MINUTE):
        await telegram.wait_for(lambda: len(telegram.said(7)) == 3, seconds=LONG_WAIT)
        await telegram.wait_for(
            lambda: telegram.calls[-1].method == "getUpdates", seconds=LONG_WAIT
        )

    assert telegram.said(7) == [WHOLE] * 3
    assert len(model.requests) == 1
    assert doubts(tmp_path) == ["restart"] * 2


@pytest.mark.parametrize("fault", [Fault.silence(), Fault.hold()])
async def test_killed_during_its_last_edit_it_stands_once_and_is_not_asked_again(
    telegram: LocalTelegram, model: ScriptedOllama, anna: Person, tmp_path: Path, fault: Fault
) -> None:
    model.reply_with(Reply(LONG, hold_after=6))
    model.gate.clear()
    telegram.faults.add("editMessageText", fault)
    async with luka_process(tmp_path, telegram, model) as luka:
        await anna.writes("Tell me")
        await telegram.wait_for(lambda: telegram.said(7), seconds=LONG_WAIT)
        model.gate.set()
        await telegram.wait_for(lambda: telegram.calls_of("editMessageText"), seconds=LONG_WAIT)
        await wait_until(lambda: bool(log_of(tmp_path, "turn.stored")))
        luka.kill()
        await luka.ended()
    async with luka_process(tmp_path, telegram, model):
        await until_answered(telegram)

    assert telegram.said(7) == [LONG.strip()]
    assert len(model.requests) == 1
    assert doubts(tmp_path) == []


async def test_an_answer_refused_for_long_arrives_once_though_luka_is_killed_meanwhile(
    telegram: LocalTelegram, model: ScriptedOllama, anna: Person, tmp_path: Path
) -> None:
    telegram.faults.add("sendMessage", Fault.server_error(), times=2)
    telegram.faults.add("sendMessage", Fault.flood(600), times=None)
    await anna.writes("Hi!")

    def flooded(times: int) -> bool:
        return floods(tmp_path) == times

    for kills in (1, 2):
        async with luka_process(tmp_path, telegram, model) as luka:
            await wait_until(partial(flooded, kills), seconds=LONG_WAIT)
            luka.kill()
            await luka.ended()
    telegram.faults.clear()
    async with luka_process(tmp_path, telegram, model):
        await until_answered(telegram)

    assert telegram.said(7) == [WHOLE]
    assert len(model.requests) == 1
    assert doubts(tmp_path) == []


async def test_a_send_that_telegram_confirms_in_the_last_moment_is_not_repeated(
    telegram: LocalTelegram, model: ScriptedOllama, anna: Person, tmp_path: Path
) -> None:
    telegram.faults.add("sendMessage", Fault.silence(seconds=1.5))
    async with luka_process(tmp_path, telegram, model, SHUTDOWN_GRACE="0.2") as luka:
        await anna.writes("/help")
        await telegram.wait_for(lambda: telegram.calls_of("sendMessage"), seconds=LONG_WAIT)
        luka.terminate()
        await luka.ended()
    telegram.faults.add("sendMessage", Fault.silence(seconds=1.5))
    async with luka_process(tmp_path, telegram, model, SHUTDOWN_GRACE="0.2") as luka:
        await anna.writes("Hi!")
        await telegram.wait_for(
            lambda: len(telegram.calls_of("sendMessage")) == 2, seconds=LONG_WAIT
        )
        luka.terminate()
        await luka.ended()
    async with luka_process(tmp_path, telegram, model):
        await until_answered(telegram)

    assert len(telegram.said(7)) == 2
    assert len(model.requests) == 1
    assert doubts(tmp_path) == []


async def test_a_send_that_ends_after_the_grace_is_counted(
    telegram: LocalTelegram, model: ScriptedOllama, anna: Person, tmp_path: Path
) -> None:
    telegram.faults.add("sendMessage", Fault.hold())
    async with luka_process(tmp_path, telegram, model, SHUTDOWN_GRACE="0.2") as luka:
        await anna.writes("Hi!")
        await telegram.wait_for(lambda: telegram.calls_of("sendMessage"), seconds=LONG_WAIT)
        luka.terminate()
        assert await luka.ended() == 0
    async with luka_process(tmp_path, telegram, model):
        await telegram.wait_for(lambda: len(telegram.said(7)) == 2, seconds=LONG_WAIT)

    assert telegram.said(7) == [WHOLE] * 2
    assert doubts(tmp_path) == ["restart"]


async def test_a_reply_whose_fate_is_unknown_is_said_once_more_and_counted(
    telegram: LocalTelegram, model: ScriptedOllama, anna: Person, tmp_path: Path
) -> None:
    await anna.writes("/help")
    await killed_while(telegram, model, tmp_path, Fault.hold(), "sendMessage")
    async with luka_process(tmp_path, telegram, model):
        await telegram.wait_for(lambda: len(telegram.said(7)) == 2, seconds=LONG_WAIT)

    first, second = telegram.said(7)
    assert first == second
    assert doubts(tmp_path) == ["restart"]


async def test_what_was_taken_over_is_not_said_by_the_one_who_lost_it(
    telegram: LocalTelegram, model: ScriptedOllama, anna: Person, tmp_path: Path
) -> None:
    """It sleeps for so long that others take it for dead, and wakes with its answer ready."""
    binary = bundled_binary()
    assert binary is not None
    model.gate.clear()
    model.reply_with(*[Reply(LONG, hold_after=6)] * 2)
    (folder := tmp_path / "second").mkdir()
    async with embedded_server(binary, tmp_path / "redis") as socket:
        shared = {"REDIS_URL": f"unix://{socket}", "STREAM_MODE": "off"}
        async with luka_process(tmp_path, telegram, model, **shared) as sleeper:
            await anna.writes("Tell me")
            await telegram.wait_for(lambda: len(model.requests) == 1, seconds=LONG_WAIT)
            sleeper.pause()
            async with luka_process(folder, telegram, model, **shared):
                await telegram.wait_for(lambda: len(model.requests) == 2, seconds=LONG_WAIT)
                model.gate.set()
                await until_answered(telegram)
                sleeper.resume()
                sleeper.terminate()
                await sleeper.ended()

    assert telegram.said(7) == [LONG.strip()]
    assert doubts(folder) == doubts(tmp_path) == []


async def test_who_wakes_in_mid_answer_writes_nothing_over_the_whole_one(
    telegram: LocalTelegram, model: ScriptedOllama, anna: Person, tmp_path: Path
) -> None:
    binary = bundled_binary()
    assert binary is not None
    model.reply_with(Reply(LONG, delay_between=0.5), LONG)
    (folder := tmp_path / "second").mkdir()
    async with embedded_server(binary, tmp_path / "redis") as socket:
        shared = {"REDIS_URL": f"unix://{socket}"}
        async with luka_process(tmp_path, telegram, model, **shared) as sleeper:
            await anna.writes("Tell me")
            await telegram.wait_for(lambda: telegram.calls_of("editMessageText"), seconds=LONG_WAIT)
            sleeper.pause()
            async with luka_process(folder, telegram, model, **shared):
                await until_answered(telegram)
                sleeper.resume()
                await wait_until(lambda: bool(log_of(tmp_path, "replica.work_dropped")), LONG_WAIT)

    assert telegram.said(7) == [LONG.strip()]
    assert AGAIN in telegram.buttons(7)
