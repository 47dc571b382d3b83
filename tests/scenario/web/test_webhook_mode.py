"""The whole bot behind a webhook: what people see of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from luka_bot.demo.model import Reply
from luka_bot.ingest.raw_updates import RawUpdate
from tests.luka import Luka
from tests.scenario.bot.talking import ask, newest, told_to_model
from tests.scenario.bot.test_redis_away import Redis
from tests.scenario.web.webhooks import luka_behind_webhook, post

FORGED: RawUpdate = {
    "update_id": 1,
    "message": {
        "message_id": 1,
        "date": 1,
        "chat": {"id": 7, "type": "private", "first_name": "Anna"},
        "from": {"id": 7, "is_bot": False, "first_name": "Anna"},
        "text": "Let me in",
    },
}


@pytest.fixture
async def luka(tmp_path: Path) -> AsyncIterator[Luka]:
    async with luka_behind_webhook(tmp_path) as running:
        yield running


async def test_messages_and_taps_that_are_pushed_are_answered(luka: Luka) -> None:
    anna = luka.telegram.person(7, "Anna")
    await ask(luka, anna, "Hi!")

    luka.model.reply_with("Said anew.")
    await anna.taps("🔄 Regenerate")

    await luka.telegram.wait_for(lambda: newest(luka, 7).text == "Said anew.")
    assert luka.telegram.pending_updates == 0
    assert luka.telegram.calls_of("getUpdates") == []


async def test_a_stop_overtakes_the_answer(luka: Luka) -> None:
    anna = luka.telegram.person(7, "Anna")
    luka.model.gate.clear()
    luka.model.reply_with(Reply("The first sentence. And the rest of it.", hold_after=4))
    await anna.writes("Tell me")
    await luka.telegram.wait_for(lambda: "⏹ Stop" in newest(luka, 7).buttons)

    await anna.writes("/stop")

    await luka.telegram.wait_for(lambda: "⏹ Stopped" in newest(luka, 7).text)
    assert luka.model.aborted == 1


async def test_whoever_guesses_the_address_says_nothing_in_anybodys_name(luka: Luka) -> None:
    anna = luka.telegram.person(7, "Anna")
    await ask(luka, anna, "Hi!")

    answer = await post(luka.settings.webhook_url, FORGED, secret="a guess")

    assert answer.status == 401
    await ask(luka, anna, "Was there anybody?", "Nobody.")
    assert luka.telegram.said(7) == ["Hello there.", "Nobody."]


async def test_a_body_of_two_megabytes_is_refused(luka: Luka) -> None:
    anna = luka.telegram.person(7, "Anna")
    await ask(luka, anna, "Hi!")

    assert (await post(luka.settings.webhook_url, b"x" * (2 << 20))).status == 413


async def test_an_update_that_comes_twice_is_answered_once(luka: Luka) -> None:
    anna = luka.telegram.person(7, "Anna")
    await ask(luka, anna, "Hi!")

    luka.telegram.redeliver()
    await luka.telegram.wait_for(lambda: luka.telegram.pending_updates == 0)

    await ask(luka, anna, "Once?", "Once.")
    assert luka.telegram.said(7) == ["Hello there.", "Once."]
    assert len(luka.model.requests) == 2


async def test_while_redis_is_away_telegram_keeps_what_comes(tmp_path: Path) -> None:
    redis = Redis(tmp_path / "redis")
    await redis.start()
    async with luka_behind_webhook(tmp_path / "luka", redis.url) as luka:
        anna = luka.telegram.person(7, "Anna")
        await ask(luka, anna, "Hi!")
        await redis.stop()
        await anna.writes("Are you there?")
        await luka.telegram.wait_for(lambda: "memory is away" in newest(luka, 7).text)
        assert luka.telegram.pending_updates == 1

        luka.model.reply_with("Here again.")
        await redis.start()

        await luka.telegram.wait_for(lambda: newest(luka, 7).text == "Here again.", seconds=10)
        assert told_to_model(luka) == ["Hi!", "Hello there.", "Are you there?"]
        assert len([one for one in luka.telegram.said(7) if "memory is away" in one]) == 1
    await redis.stop()


async def test_what_comes_while_it_ends_is_answered_after_the_next_start(luka: Luka) -> None:
    anna = luka.telegram.person(7, "Anna")
    luka.model.gate.clear()
    luka.model.reply_with("The first.", "The second.")
    await anna.writes("One")
    await luka.telegram.wait_for(lambda: len(luka.model.requests) == 1)
    luka.ask_to_stop()

    await anna.writes("Two")
    await luka.telegram.wait_for(lambda: luka.telegram.world.webhook.last_error)
    luka.model.gate.set()
    await luka.stop()
    luka.start()

    await luka.telegram.wait_for(lambda: luka.telegram.said(7) == ["The first.", "The second."])
    assert len(luka.model.requests) == 2


async def test_another_start_says_nothing_to_telegram_unless_something_changed(luka: Luka) -> None:
    anna = luka.telegram.person(7, "Anna")
    await ask(luka, anna, "Hi!")

    await luka.stop()
    luka.start()
    await ask(luka, anna, "Still there?", "Of course.")
    assert len(luka.telegram.calls_of("setWebhook", "deleteWebhook")) == 1

    await luka.stop()
    luka.settings = luka.settings.model_copy(update={"webhook_secret": SecretStr("another")})
    luka.start()
    await ask(luka, anna, "And now?", "Just as well.")
    assert len(luka.telegram.calls_of("setWebhook", "deleteWebhook")) == 2
