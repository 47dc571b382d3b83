"""What an operator reads of the way in: polls, the inbox and what was given up."""

import time
from pathlib import Path

from chaos.ports import free_port
from luka_bot.demo.telegram import Fault, Person
from luka_bot.handlers.callbacks import TurnRegenerate
from luka_bot.models.ids import ThreadId, TurnId
from tests.luka import Luka, running_luka
from tests.metrics import Growth, sample
from tests.scenario.bot.talking import ask
from tests.waiting import wait_until


async def test_a_poll_that_succeeds_leaves_its_time(luka: Luka, anna: Person) -> None:
    before = time.time()

    await ask(luka, anna, "Hi!")

    assert before <= sample("luka_last_poll_timestamp_seconds") <= time.time()


async def test_a_stranger_who_polls_is_counted_as_a_conflict(luka: Luka, anna: Person) -> None:
    growth = Growth()
    words = "Conflict: terminated by other getUpdates request"
    luka.telegram.faults.add("getUpdates", Fault.refuse(409, words))

    await anna.writes("Hi!")

    await wait_until(lambda: growth.of("luka_poll_conflicts_total") == 1, seconds=10)
    assert growth.of("luka_poll_failures_total", error="TelegramConflictError") == 1


async def test_a_poll_that_fails_is_counted_with_its_error(luka: Luka, anna: Person) -> None:
    growth = Growth()
    luka.telegram.faults.add("getUpdates", Fault.server_error(502, "Bad Gateway"))

    await ask(luka, anna, "Hi!")

    assert growth.of("luka_poll_failures_total", error="TelegramServerError") == 1
    assert growth.of("luka_poll_conflicts_total") == 0


async def test_an_update_that_comes_again_is_counted_as_a_duplicate(
    luka: Luka, anna: Person
) -> None:
    await ask(luka, anna, "Hi!")
    growth = Growth()

    luka.telegram.redeliver()

    await wait_until(lambda: growth.of("luka_inbox_duplicates_total") == 1)
    assert len(luka.model.requests) == 1


async def test_updates_are_counted_by_kind(luka: Luka, anna: Person) -> None:
    answer = await ask(luka, anna, "Hi!")
    growth = Growth()

    await anna.taps_data(
        answer.message_id, TurnRegenerate(thread_id=ThreadId("x"), id=TurnId("u1")).pack()
    )

    updates = "luka_updates_total"
    await wait_until(lambda: growth.of(updates, kind="callback_query", door="poll") == 1)
    assert growth.of(updates, kind="message", door="poll") == 0


async def test_what_comes_through_the_webhook_is_counted_at_its_door(tmp_path: Path) -> None:
    growth = Growth()
    port = free_port()
    url = f"http://127.0.0.1:{port}/telegram"
    async with running_luka(tmp_path, web_port=port, webhook_url=url, webhook_secret="s") as luka:
        await luka.telegram.wait_for(lambda: luka.telegram.calls_of("setWebhook"), seconds=10)
        await ask(luka, luka.telegram.person(7, "Anna"), "Hi!")

    assert growth.of("luka_webhook_requests_total", status="200") == 1
    assert growth.of("luka_updates_total", kind="message", door="webhook") == 1
    assert growth.of("luka_updates_total", kind="message", door="poll") == 0


async def test_an_update_that_does_not_decode_is_a_dead_letter(luka: Luka) -> None:
    growth = Growth()

    luka.telegram.inject({"message": {"message_id": "no number"}})

    await wait_until(lambda: growth.of("luka_dead_letters_total", reason="unreadable") == 1)
