"""Who tells the admin group of an alarm, how often, and who tells its end."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from luka_bot.background import Background
from luka_bot.delivery.courier import Courier
from luka_bot.demo.telegram import Fault, LocalTelegram, ShownMessage
from luka_bot.handlers.alarm_notices import AlarmNotices, Audience
from luka_bot.locales import words_for
from luka_bot.models.ids import ChatId
from luka_bot.storage.alarms import AGAIN, HOLDS, AlarmBoard
from luka_bot.storage.binary import bundled_binary
from luka_bot.storage.client import Storage, StorageKind
from luka_bot.storage.connect import connected, socket_pool
from luka_bot.storage.embedded import embedded_server, server_folder
from luka_bot.watch.check import AlarmName
from tests.redis_fixtures import HandClock

GROUP = ChatId(-100)
RED = "🔴 No answers can be written: the model is away\nit's <away>\n\nWhat to do: See whether"
GREEN = "🟢 The model answers again."
OFTEN = 0.05  # s

Replica = Callable[[], AlarmNotices]


class Group:
    """What its members see."""

    def __init__(self, telegram: LocalTelegram) -> None:
        telegram.group(GROUP, "Those who look after luka", [telegram.person(70, "Olga")])
        self.telegram = telegram

    @property
    def messages(self) -> list[ShownMessage]:
        return [one for one in self.telegram.shown(GROUP) if one.is_bot]

    def shows(self, *beginnings: str) -> bool:
        texts = [one.text for one in self.messages]
        return _begin(texts, beginnings)

    async def comes_to_show(self, *beginnings: str) -> None:
        await self.telegram.wait_for(lambda: self.shows(*beginnings), seconds=10)


@pytest.fixture
def group(telegram: LocalTelegram) -> Group:
    return Group(telegram)


@pytest.fixture
async def replica(courier: Courier, storage: Storage, clock: HandClock) -> AsyncIterator[Replica]:
    """Another one at each call."""
    async with Background() as background:
        yield lambda: notices(courier, storage, clock, background)


def notices(
    courier: Courier, storage: Storage, clock: HandClock, background: Background
) -> AlarmNotices:
    board = AlarmBoard(storage, clock)
    audience = Audience(lambda: GROUP, words_for("en"))
    return AlarmNotices(courier, board, background, audience, clock, renew=OFTEN)


def raise_model(notices: AlarmNotices) -> None:
    notices.raised(AlarmName.MODEL, "it's <away>")


@asynccontextmanager
async def all_told(group: Group, replica: Replica) -> AsyncIterator[None]:
    """Inside, something is done; what it could have said is told before the alarm that follows."""
    yield
    count = len(group.messages)
    replica().raised(AlarmName.LOOP, "late")
    await group.telegram.wait_for(lambda: group.messages[count:])
    assert group.messages[count].text.startswith("🔴 luka stood still")


async def test_of_all_replicas_one_tells_and_the_end_when_it_is_over_for_all(
    group: Group, replica: Replica
) -> None:
    first, second = replica(), replica()
    raise_model(first)
    raise_model(second)
    await group.comes_to_show(RED)

    async with all_told(group, replica):
        first.over(AlarmName.MODEL)
    second.over(AlarmName.MODEL)

    await group.telegram.wait_for(lambda: group.messages[-1].text == GREEN)
    assert [one.text for one in group.messages].count(GREEN) == 1


async def test_the_end_answers_the_alarm(group: Group, replica: Replica) -> None:
    one = replica()
    raise_model(one)
    await group.comes_to_show(RED)
    one.over(AlarmName.MODEL)
    await group.comes_to_show(RED, GREEN)

    red, green = group.messages
    assert green.reply_to == red.message_id


async def test_what_happens_again_within_ten_minutes_is_shown_without_another_message(
    group: Group, replica: Replica, clock: HandClock
) -> None:
    one = replica()
    for _ in range(2):
        raise_model(one)
        await group.telegram.wait_for(lambda: group.messages and group.messages[-1].text[0] == "🔴")
        one.over(AlarmName.MODEL)
        await group.comes_to_show(RED, GREEN)
        clock.forward(30)

    raise_model(one)
    await group.comes_to_show(RED, RED)
    clock.forward(AGAIN)

    await group.comes_to_show(RED, RED, RED)


async def test_what_happens_again_after_ten_minutes_is_told_anew(
    group: Group, replica: Replica, clock: HandClock
) -> None:
    raise_model(first := replica())
    await group.comes_to_show(RED)
    first.over(AlarmName.MODEL)
    await group.comes_to_show(RED, GREEN)

    clock.forward(AGAIN)
    raise_model(replica())

    await group.comes_to_show(RED, GREEN, RED)


async def test_the_end_of_an_alarm_is_told_by_the_process_that_was_started_after_it(
    group: Group, courier: Courier, storage: Storage, clock: HandClock, replica: Replica
) -> None:
    async with Background() as killed:
        raise_model(notices(courier, storage, clock, killed))
        await group.comes_to_show(RED)

    started = replica()
    async with all_told(group, replica):
        started.well(AlarmName.MODEL)
    clock.forward(HOLDS)

    await group.telegram.wait_for(lambda: group.messages[-1].text == GREEN)


async def test_a_process_that_is_well_from_the_beginning_has_nothing_to_tell(
    group: Group, replica: Replica
) -> None:
    async with all_told(group, replica):
        for name in AlarmName:
            replica().well(name)


async def test_what_telegram_does_not_take_is_told_when_it_can_be_and_once(
    group: Group, replica: Replica
) -> None:
    one = replica()
    group.telegram.faults.add("sendMessage", Fault.server_error(), times=2)

    for _ in range(3):
        raise_model(one)
        await group.telegram.wait_for(lambda: len(group.telegram.calls_of("sendMessage")) > 0)
        one.over(AlarmName.MODEL)

    await group.comes_to_show(RED, GREEN)


async def test_a_group_that_luka_was_thrown_out_of_is_not_asked_again_and_again(
    group: Group, replica: Replica
) -> None:
    one = replica()
    kicked = Fault.refuse(403, "Forbidden: bot was kicked from the group chat")
    group.telegram.faults.add("sendMessage", kicked)
    raise_model(one)
    await group.telegram.wait_for(lambda: group.telegram.calls_of("sendMessage"))

    async with all_told(group, replica):
        raise_model(one)

    one.over(AlarmName.MODEL)
    await group.telegram.wait_for(lambda: group.messages[-1].text == GREEN)
    assert not any(text.startswith(RED) for text in group.telegram.said(GROUP))


async def test_without_redis_it_is_told_and_ended_and_rings_once(
    group: Group, courier: Courier, clock: HandClock, tmp_path: Path
) -> None:
    binary = bundled_binary() or Path()
    pool = socket_pool(server_folder(tmp_path) / "redis.sock")
    async with connected(pool, StorageKind.GIVEN) as away, Background() as background:
        one = notices(courier, away, clock, background)
        raise_model(one)
        await group.comes_to_show(RED)
        one.over(AlarmName.MODEL)
        await group.comes_to_show(RED, GREEN)
        raise_model(one)
        await group.comes_to_show(RED, RED)

        async with embedded_server(binary, tmp_path):
            one.over(AlarmName.MODEL)
            await group.comes_to_show(RED, GREEN)


async def test_what_was_told_is_not_told_again_because_redis_goes_away(
    group: Group, courier: Courier, clock: HandClock, tmp_path: Path
) -> None:
    binary = bundled_binary() or Path()
    pool = socket_pool(server_folder(tmp_path) / "redis.sock")
    async with connected(pool, StorageKind.GIVEN) as storage, Background() as background:
        one = notices(courier, storage, clock, background)
        async with embedded_server(binary, tmp_path):
            raise_model(one)
            await group.comes_to_show(RED)
        one.raised(AlarmName.STORAGE, "away")
        await group.comes_to_show(RED, "🔴 luka's memory is away")
        raise_model(one)

        async with embedded_server(binary, tmp_path):
            one.over(AlarmName.STORAGE)
            one.over(AlarmName.MODEL)
            await group.telegram.wait_for(lambda: len(group.messages) == 4, seconds=10)

    assert sum(one.text.startswith(RED) for one in group.messages) == 1


def _begin(texts: Sequence[str], beginnings: Sequence[str]) -> bool:
    if len(texts) != len(beginnings):
        return False
    return all(map(str.startswith, texts, beginnings))
