"""A killed bot loses nothing and repeats nothing."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis.asyncio import Redis as Straight

from luka_bot.demo.model import Reply, ScriptedOllama
from luka_bot.demo.telegram import Limits, LocalTelegram
from luka_bot.ingest.intake import TRIES_LIMIT
from luka_bot.storage.embedded import server_folder
from tests.luka import TOKEN
from tests.process import luka_process
from tests.scenario.storage.sentinels import single_server
from tests.waiting import wait_until_found

WHOLE = "The first sentence stands. " + "More words follow it. " * 10


@pytest.fixture
async def telegram() -> AsyncIterator[LocalTelegram]:
    async with LocalTelegram.open(token=TOKEN, limits=Limits.none()) as server:
        yield server


@pytest.fixture
async def model() -> AsyncIterator[ScriptedOllama]:
    async with ScriptedOllama.open(reply=Reply(WHOLE, hold_after=6)) as server:
        yield server


async def until_it_knows_its_messages(store: Straight) -> None:
    await wait_until_found(lambda: store.hexists("turn:u1000", "ids"))


def finished(telegram: LocalTelegram, chat_id: int) -> list[str]:
    shown = [message for message in telegram.shown(chat_id) if message.is_bot]
    return [message.text for message in shown if "🔄 Regenerate" in message.buttons]


async def test_after_kill_9_in_mid_answer_the_question_is_answered_once_in_the_same_message(
    telegram: LocalTelegram, model: ScriptedOllama, tmp_path: Path
) -> None:
    anna = telegram.person(7, "Anna")
    model.gate.clear()
    async with luka_process(tmp_path, telegram, model) as first:
        await anna.writes("Tell me")
        await telegram.wait_for(lambda: telegram.said(7)[-1].startswith("The first"), seconds=20)
        url = f"unix://{server_folder(tmp_path / 'data')}/redis.sock"
        async with Straight.from_url(url) as store:
            await until_it_knows_its_messages(store)
        await anna.writes("And this?")
        await telegram.wait_for(lambda: telegram.pending_updates == 0)
        begun = telegram.shown(7)[-2].message_id
        first.kill()
        await first.ended()
    model.gate.set()

    async with luka_process(tmp_path, telegram, model):
        await telegram.wait_for(lambda: telegram.said(7) == [WHOLE.strip()] * 2, seconds=20)
        await telegram.wait_for(lambda: finished(telegram, 7) == [WHOLE.strip()], seconds=20)

    assert telegram.versions(7, begun)[-1] == WHOLE.strip()
    asked = [request["messages"][-1]["content"] for request in model.requests]
    assert asked == ["Tell me", "Tell me", "And this?"]


async def test_sigterm_lets_a_running_answer_end(
    telegram: LocalTelegram, model: ScriptedOllama, tmp_path: Path
) -> None:
    anna = telegram.person(7, "Anna")
    model.gate.clear()
    async with luka_process(tmp_path, telegram, model) as luka:
        await anna.writes("Tell me")
        await telegram.wait_for(lambda: telegram.said(7)[-1].startswith("The first"), seconds=20)
        luka.terminate()
        model.gate.set()

        assert await luka.ended() == 0

    assert telegram.said(7) == [WHOLE.strip()]


async def test_what_sigterm_can_not_wait_for_is_handed_to_the_next_run(
    telegram: LocalTelegram, model: ScriptedOllama, tmp_path: Path
) -> None:
    anna = telegram.person(7, "Anna")
    model.gate.clear()
    async with luka_process(tmp_path, telegram, model, SHUTDOWN_GRACE="0.2") as luka:
        await anna.writes("Tell me")
        await telegram.wait_for(lambda: telegram.said(7)[-1].startswith("The first"), seconds=20)
        luka.terminate()
        assert await luka.ended() == 0
    model.gate.set()

    async with luka_process(tmp_path, telegram, model):
        await telegram.wait_for(lambda: finished(telegram, 7) == [WHOLE.strip()], seconds=20)

    assert telegram.said(7) == [WHOLE.strip()]


async def test_what_was_written_while_the_bot_was_down_is_answered(
    telegram: LocalTelegram, model: ScriptedOllama, tmp_path: Path
) -> None:
    anna = telegram.person(7, "Anna")
    for number in range(3):
        await anna.writes(f"Question {number}")

    async with luka_process(tmp_path, telegram, model):
        await telegram.wait_for(lambda: len(finished(telegram, 7)) == 1, seconds=30)
        await telegram.wait_for(lambda: len(telegram.said(7)) == 3, seconds=20)

    asked = [request["messages"][-1]["content"] for request in model.requests]
    assert asked == ["Question 0", "Question 1", "Question 2"]


async def test_an_answer_that_no_start_outlived_is_settled_with_a_retry_button(
    telegram: LocalTelegram, model: ScriptedOllama, tmp_path: Path
) -> None:
    anna = telegram.person(7, "Anna")
    model.gate.clear()
    async with single_server(tmp_path / "redis") as redis:
        async with luka_process(tmp_path, telegram, model, REDIS_URL=redis.url) as first:
            await anna.writes("Tell me")
            await telegram.wait_for(lambda: "⏹ Stop" in telegram.shown(7)[-1].buttons, seconds=20)
            async with redis.client() as store:
                await until_it_knows_its_messages(store)
            first.kill()
            await first.ended()
        async with redis.client() as store:
            [seen] = await store.keys("inbox:seen:*")
            await store.hset("inbox:tries", str(seen).rpartition(":")[2], str(TRIES_LIMIT))
        model.gate.set()

        async with luka_process(tmp_path, telegram, model, REDIS_URL=redis.url):
            await telegram.wait_for(lambda: "Something went wrong" in telegram.said(7)[-1], 20)
            assert telegram.shown(7)[-1].buttons == ["🔁 Retry"]
            await anna.taps("🔁 Retry")
            await telegram.wait_for(lambda: finished(telegram, 7) == [WHOLE.strip()], seconds=20)

    assert telegram.said(7) == [WHOLE.strip()]
