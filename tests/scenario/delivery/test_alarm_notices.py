"""Who tells the admin group of an alarm, and how often."""

from collections.abc import AsyncIterator, Callable

import pytest
from redis.asyncio import Redis

from luka_bot.background import Background
from luka_bot.delivery.courier import Courier
from luka_bot.demo.telegram import Fault, LocalTelegram
from luka_bot.handlers.alarm_notices import AGAIN, AlarmNotices
from luka_bot.models.ids import ChatId
from luka_bot.storage.client import Storage
from luka_bot.watch.check import AlarmName
from tests.redis_fixtures import HandClock

GROUP = ChatId(-100)
RED = "🔴 No answers can be written: the model is away\nit's <away>\n\nWhat to do: See whether"
GREEN = "🟢 The model answers again."

Replica = Callable[[], AlarmNotices]


@pytest.fixture
async def replica(
    telegram: LocalTelegram, courier: Courier, storage: Storage, clock: HandClock
) -> AsyncIterator[Replica]:
    """Another one at each call."""
    telegram.group(GROUP, "Those who look after luka", [telegram.person(70, "Olga")])
    async with Background() as background:
        yield lambda: AlarmNotices(courier, storage, background, GROUP, clock)


async def raise_model(telegram: LocalTelegram, notices: AlarmNotices, times: int = 1) -> None:
    notices.raised(AlarmName.MODEL, "it's <away>")
    await telegram.wait_for(lambda: _count(telegram, RED) == times)


async def end_model(telegram: LocalTelegram, notices: AlarmNotices, times: int = 1) -> None:
    notices.over(AlarmName.MODEL)
    await telegram.wait_for(lambda: _count(telegram, GREEN) == times)


async def all_told(telegram: LocalTelegram, notices: AlarmNotices) -> None:
    """What was raised before another alarm is told before it, or not at all."""
    notices.raised(AlarmName.LOOP, "late")
    await telegram.wait_for(lambda: _count(telegram, "🔴 luka stood still") == 1)


async def test_of_all_replicas_one_tells(telegram: LocalTelegram, replica: Replica) -> None:
    first, second = replica(), replica()

    await raise_model(telegram, first)
    second.raised(AlarmName.MODEL, "it's <away>")
    second.over(AlarmName.MODEL)
    await all_told(telegram, second)
    await end_model(telegram, first)

    assert _count(telegram, RED) == _count(telegram, GREEN) == 1


async def test_the_same_is_told_once_in_ten_minutes(
    telegram: LocalTelegram, replica: Replica, clock: HandClock, redis: Redis
) -> None:
    notices = replica()
    await raise_model(telegram, notices)
    await end_model(telegram, notices)

    notices.raised(AlarmName.MODEL, "it's <away>")
    await all_told(telegram, notices)
    notices.over(AlarmName.MODEL)
    assert _count(telegram, RED) == 1

    clock.forward(AGAIN)
    await redis.delete("lease:alarm:model")  # by then it has ended
    await raise_model(telegram, replica(), times=2)
    assert _count(telegram, GREEN) == 1


async def test_what_telegram_does_not_take_is_told_when_it_can_be_and_once(
    telegram: LocalTelegram, replica: Replica
) -> None:
    notices = replica()
    telegram.faults.add("sendMessage", Fault.server_error(), times=2)

    for _ in range(3):
        notices.raised(AlarmName.MODEL, "it's <away>")
        await telegram.wait_for(lambda: len(telegram.calls_of("sendMessage")) > 0)
        notices.over(AlarmName.MODEL)

    await telegram.wait_for(lambda: _count(telegram, GREEN) == 1, seconds=10)
    assert _count(telegram, RED) == 1


async def test_an_alarm_that_comes_back_while_its_end_is_told_is_told_again(
    telegram: LocalTelegram, replica: Replica, clock: HandClock, redis: Redis
) -> None:
    notices = replica()
    await raise_model(telegram, notices)
    clock.forward(AGAIN)
    await redis.delete("lease:alarm:model")  # by then it has ended
    telegram.faults.add("sendMessage", Fault.server_error())

    notices.over(AlarmName.MODEL)
    await telegram.wait_for(lambda: len(telegram.calls_of("sendMessage")) == 2)
    await raise_model(telegram, notices, times=2)

    assert _count(telegram, GREEN) == 1


def _count(telegram: LocalTelegram, beginning: str) -> int:
    return sum(text.startswith(beginning) for text in telegram.said(GROUP))
