"""Turns, counted by the operator's days."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from redis.asyncio import Redis

from luka_bot.models.events import Usage
from luka_bot.models.ids import UserId
from luka_bot.models.message import MessageState
from luka_bot.models.stats import Figures, Spent
from luka_bot.storage import keys
from luka_bot.storage.client import Storage
from luka_bot.storage.scripts import MODEL_NAMES
from luka_bot.storage.stats import StatsStore
from tests.redis_fixtures import START, Wire
from tests.scenario.storage.talk import ANN, BOB

DAY = timedelta(days=1).total_seconds()
TODAY = date(2025, 10, 4)


@pytest.fixture
def stats(storage: Storage) -> StatsStore:
    return StatsStore(storage, ZoneInfo("Asia/Tokyo"))


def spent(
    person: UserId = ANN,
    outcome: MessageState = MessageState.DONE,
    model: str = "qwen3",
    waited: float | None = 1.5,
) -> Spent:
    return Spent(person, outcome, Usage(model, 100, 20, 2.5), waited)


async def test_a_day_is_what_its_turns_come_to(stats: StatsStore) -> None:
    await stats.record(spent(), START)
    await stats.record(spent(BOB, MessageState.STOPPED, "llama3.2"), START)
    await stats.record(spent(BOB, MessageState.FAILED, waited=None), START)

    (today,) = (await stats.report(1, START)).days

    assert today.date == TODAY
    assert today.figures == Figures(
        people=2,
        messages=3,
        answers=2,
        failed=1,
        prompt_tokens=300,
        answer_tokens=60,
        model_seconds=7.5,
        wait_p50=1.5,
        wait_p95=1.95,
        models={"qwen3": 1, "llama3.2": 1},
    )


async def test_the_same_question_asked_again_is_no_further_message(stats: StatsStore) -> None:
    await stats.record(spent(), START)
    again = Spent(ANN, MessageState.DONE, Usage("qwen3"), is_message=False)
    await stats.record(again, START)

    report = await stats.report(1, START)

    assert (report.totals.messages, report.totals.answers) == (1, 2)
    assert report.people == ((ANN, 1),)


async def test_days_begin_where_the_operator_lives(stats: StatsStore) -> None:
    last_second, midnight = START + (6.25 * 3600 - 1), START + 6.25 * 3600  # 15:00 UTC
    await stats.record(spent(), last_second)
    await stats.record(spent(), midnight)

    days = (await stats.report(2, midnight)).days

    assert [(day.date, day.figures.messages) for day in days] == [
        (TODAY, 1),
        (TODAY + timedelta(days=1), 1),
    ]


async def test_days_without_a_word_are_no_gap_and_a_person_counts_once(stats: StatsStore) -> None:
    for back in (20, 5, 0):
        await stats.record(spent(), START - back * DAY)
    await stats.record(spent(BOB), START - 20 * DAY)

    report = await stats.report(30, START)

    assert [day.date for day in report.days] == [
        TODAY - timedelta(days=back) for back in reversed(range(30))
    ]
    assert sum(day.figures.people for day in report.days) == 4
    assert (report.totals.people, report.totals.messages) == (2, 4)
    assert (report.week.people, report.week.messages) == (1, 2)
    assert report.people == ((ANN, 3), (BOB, 1))


async def test_nothing_yet_is_a_report_too(stats: StatsStore) -> None:
    report = await stats.report(7, START)

    assert len(report.days) == 7
    assert report.people == ()
    assert report.totals == report.week == Figures()


async def test_more_models_than_anybody_has_count_under_no_name(stats: StatsStore) -> None:
    for number in range(MODEL_NAMES + 2):
        await stats.record(spent(model=f"m{number}"), START)
    await stats.record(spent(model="m0"), START)

    models = (await stats.report(1, START)).totals.models

    assert len(models) == MODEL_NAMES + 1
    assert (models["m0"], models[""]) == (2, 2)


async def test_a_persons_own_day_is_charged_only_if_they_have_one(
    stats: StatsStore, redis: Redis
) -> None:
    await redis.hset(keys.usage(ANN), mapping={"messages": 1, "seconds": 1})
    await redis.expire(keys.usage(ANN), 100)
    for person in (ANN, ANN, BOB):
        await stats.record(spent(person), START)

    assert await redis.hgetall(keys.usage(ANN)) == {
        "messages": "1",
        "tokens": "240",
        "seconds": "6",
    }
    assert not await redis.exists(keys.usage(BOB))


async def test_who_is_forgotten_wrote_nothing_and_it_stays_counted(
    stats: StatsStore, redis: Redis
) -> None:
    for back in (0, 3, 89):
        await stats.record(spent(), START - back * DAY)
    await stats.record(spent(BOB), START)

    await stats.forget(ANN, START)

    report = await stats.report(90, START)
    assert report.people == ((BOB, 1),)
    assert (report.totals.people, report.totals.messages) == (1, 4)
    assert len(await redis.keys("active:*")) == 1


async def test_a_turn_and_a_report_are_one_round_trip_each(stats: StatsStore, wire: Wire) -> None:
    await stats.record(spent(), START)
    await stats.report(90, START)
    with wire.costs(1):
        await stats.record(spent(), START)
    with wire.costs(1):
        await stats.report(90, START)
