"""Jobs in Telegram, from /job to the result."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from luka_bot.demo.telegram import Person
from luka_bot.models.ids import JobId, UserId
from luka_bot.models.job import Failure, JobState
from luka_bot.storage.jobs import Move
from tests.scenario.jobs.shop import ADMINS, Shop, opened

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shop(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Shop]:
    """One for all: its jobs go on counting."""
    folder: Path = tmp_path_factory.mktemp("jobs")
    async with opened(folder) as shop:
        yield shop


async def test_a_job_is_shown_from_its_handing_in_to_its_result(shop: Shop) -> None:
    asked = await shop.anna.writes("/job !8 #report Count the apples")

    card = await shop.sees("Job #1 – waits for an admin")
    assert card.reply_to == asked
    for line in ("Count the apples", "Type: report", "Priority: 8", "Place in the queue: 1"):
        assert line in card.text
    await shop.sees("Job #1", ADMINS)
    await shop.approve(1)
    await shop.sees("Job #1 – waits its turn")
    job, token = await shop.begin()
    await shop.sees("Job #1 – in progress")
    await shop.tell(job, token, "Counting")
    await shop.sees("▸ Counting")
    fields = {"output": "**Five** apples."}
    await shop.store.move(job.id, Move(JobState.COMPLETED, token=token, fields=fields))

    result = await shop.sees("Five apples.")
    assert result.entities[0]["type"] == "bold"
    assert result.reply_to == card.message_id
    shown = await shop.sees("Job #1 – done")
    assert (shown.message_id, shown.buttons) == (card.message_id, ["↩️ Reply", "🗑 Delete"])


async def test_places_in_the_queue_are_kept_current(shop: Shop) -> None:
    first = await shop.handed_in("/job First")
    second = await shop.handed_in("/job Second")
    for number in (first, second):
        await shop.approve(number)
    await shop.sees("Second")
    await shop.sees("Place in the queue: 2, begins in less than a minute")
    await shop.finish("One.")

    await shop.sees(f"Job #{second} – waits its turn", then="Place in the queue: 1")
    await shop.finish("Two.")
    await shop.sees("Two.")


async def test_a_reply_to_a_result_makes_the_next_job_of_its_thread(shop: Shop) -> None:
    first = await shop.handed_in("/job Count the pears")
    await shop.done(first, "Six pears.")
    result = await shop.sees("Six pears.")
    await shop.anna.writes("!9 And the plums?", reply_to=result.message_id)
    second = await shop.newest_job(after=first)

    assert (second.parent_id, second.thread_id) == (JobId(first), JobId(first))
    assert (second.prompt, second.priority) == ("And the plums?", 9)
    await shop.sees(f"Goes on with job #{first}")
    thread = await shop.store.thread(second.id)
    assert [(one.prompt, one.output) for one in thread] == [
        ("Count the pears", "Six pears."),
        ("And the plums?", ""),
    ]
    early = await shop.sees(f"Job #{second.id} – waits for an admin")
    await shop.anna.writes("And the figs?", reply_to=early.message_id)
    await shop.sees(f"Job #{second.id} isn't done (now: waits for an admin)")
    await shop.done(second.id, "No plums.")
    await shop.sees("No plums.")


async def test_the_reply_button_asks_and_a_command_in_reply_does_the_same(shop: Shop) -> None:
    first = await shop.handed_in("/job Count the nuts")
    await shop.done(first, "Nine nuts.")
    await shop.sees("Nine nuts.")
    card = await shop.sees(f"Job #{first} – done")
    await shop.anna.taps("↩️ Reply")
    asked = await shop.sees(f"what comes next for job #{first}")
    await shop.anna.sends_document("a.csv", b"a,b\n", "Use these", reply_to=asked.message_id)
    second = await shop.newest_job(after=first)
    assert (second.parent_id, [one.name for one in second.files]) == (first, ["a.csv"])

    await shop.anna.writes("/job And these", reply_to=card.message_id)
    third = await shop.newest_job(after=second.id)
    assert (third.parent_id, third.thread_id) == (first, first)


async def test_what_an_admin_replies_becomes_its_owner_s_job(shop: Shop) -> None:
    number = await shop.handed_in("/job Count the figs")
    await shop.done(number, "Four figs.")
    its = await shop.sees(f"Job #{number} – done")
    card = await shop.sees("Four figs.", ADMINS)
    olga = Person(shop.luka.telegram.world, UserId(9))
    await olga.writes("Count them again", chat=ADMINS, reply_to=card.message_id)
    job = await shop.newest_job(after=number)

    assert (job.owner, job.by_name, job.folder) == (7, "Olga", "users/7")
    told = await shop.sees(f"Goes on with job #{number}", then="Handed in for you by Olga")
    assert told.reply_to == its.message_id


async def test_who_waits_may_cancel_and_who_failed_may_try_again(shop: Shop) -> None:
    number = await shop.handed_in("/job Wait for me")
    await shop.sees(f"Job #{number} – waits for an admin")
    await shop.anna.taps("⏹ Cancel")
    await shop.sees(f"Job #{number} – cancelled")

    failed = await shop.handed_in("/job Break")
    await shop.approve(failed)
    await shop.fail(Failure.EXIT, "exit code 3")
    why = await shop.sees(f"❌ Job #{failed} failed.")
    assert "ended with an error. (exit code 3)" in why.text
    await shop.anna.taps("🔁 Again")
    again = await shop.newest_job(after=failed)
    assert (again.prompt, again.state) == ("Break", JobState.PENDING)
    await shop.anna.taps("🔁 Again")
    await shop.reject(again.id, "Not today")
    said = await shop.sees(f"Olga didn't approve job #{again.id}")
    assert "Why: Not today" in said.text
    assert [one.id for one in (await shop.store.all(0, 1)).jobs] == [again.id]


async def test_in_a_group_a_job_is_whose_it_is(shop: Shop) -> None:
    telegram = shop.luka.telegram
    boris = telegram.person(8, "Boris")
    group = telegram.group(-100500, "Fruit", [shop.anna, boris], kind="forum")
    topic = await group.opens_topic("Counting")
    job = await shop.job(await shop.handed_in("/job Count for all", chat=group.id, topic=topic))
    card = await shop.sees(f"Job #{job.id} – waits for an admin", group.id)
    assert (card.topic, job.owner, job.folder) == (topic, 7, "users/7")
    await boris.taps("⏹ Cancel", chat=group.id)
    await telegram.wait_for(lambda: any("Access denied" in one for one in telegram.toasts(8)))
    await shop.done(job.id, "For all: ten.")
    result = await shop.sees("For all: ten.", group.id)
    assert result.topic == topic

    await boris.writes("Mine now", chat=group.id, topic=topic, reply_to=result.message_id)
    await shop.sees(f"Access denied: job #{job.id}", group.id)
    assert await shop.refused() == ["job", "job"]
    await shop.anna.writes("Go on", chat=group.id, topic=topic, reply_to=result.message_id)
    assert (await shop.newest_job(after=job.id)).parent_id == job.id


async def test_somebody_else_hears_it_in_their_language_and_sees_nobody_s_jobs(shop: Shop) -> None:
    telegram, number = shop.luka.telegram, (await shop.newest_job()).id
    ivan = telegram.person(17, "Иван", language="ru")
    await ivan.writes("/job")
    await shop.sees("Дать задание", 17)
    await ivan.writes("/job Посчитай яблоки")
    await shop.sees(f"Задание №{number + 1} – ждёт решения админа", 17)
    await shop.done(number + 1, "Пять.")
    await shop.sees("Пять.", 17)
    message_id = (await shop.sees("готово", 17)).message_id
    forged = (f"job:{number}", f"job_cancel:{number}", f"job_reply:{number}", "job:999999")
    for data in (*forged, f"job_fetch:{number}:abc", f"job_delete_yes:{number}", "file:abc"):
        await ivan.taps_data(message_id, data)
    await telegram.wait_for(lambda: len(telegram.toasts(17)) == 7)

    denied = [one for one in telegram.toasts(17) if one.startswith("Доступ закрыт")]
    assert len(denied) == 5
    assert await shop.refused() == ["job"] * 7
