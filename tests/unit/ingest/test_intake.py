"""Each stored update is worked on until it is done or buried."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from luka_bot.ingest.handover import Handover
from luka_bot.ingest.intake import TRIES_LIMIT, Intake, Unreadable
from luka_bot.ingest.raw_updates import RawUpdate
from luka_bot.models.errors import StorageAway
from luka_bot.models.ids import UpdateId
from luka_bot.storage.inbox import Inbox
from luka_bot.storage.inbox_records import InboxRecords
from tests import inboxes
from tests.waiting import wait_until


def message(number: int, chat: int = 7) -> RawUpdate:
    return {"update_id": number, "message": {"chat": {"id": chat}, "text": str(number)}}


class Handlers:
    """A dispatcher of our own making: it notes what came, and does as it was told."""

    def __init__(self) -> None:
        self.seen: list[int] = []
        self.troubles: list[Exception] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.hands_over = False

    async def __call__(self, raw: RawUpdate, handover: Handover) -> None:
        self.seen.append(raw["update_id"])
        if self.troubles:
            raise self.troubles.pop(0)
        if self.hands_over:
            handover.take(self._wait)
        else:
            await self.gate.wait()

    async def _wait(self) -> None:
        await self.gate.wait()


@pytest.fixture
def handlers() -> Handlers:
    return Handlers()


class Told:
    """Notices, noted."""

    def __init__(self) -> None:
        self.away: list[RawUpdate] = []
        self.broken: list[RawUpdate] = []

    def storage_away(self, raw: RawUpdate) -> None:
        self.away.append(raw)

    def broke(self, raw: RawUpdate) -> None:
        self.broken.append(raw)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
async def intake(inbox: Inbox, handlers: Handlers, told: Told) -> AsyncIterator[Intake]:
    intake = Intake(inbox, handlers, told, caution=0)
    yield intake
    await intake.drop()


async def bring(intake: Intake, inbox: Inbox, *updates: dict[str, Any]) -> None:
    await inboxes.bring(inbox, *updates)
    await take_all(intake, inbox)


async def take_all(intake: Intake, inbox: Inbox, *, moved: bool = False) -> None:
    """moved: as if a process before us had ended without having dealt with it."""
    entries = [replace(entry, moved=moved) for entry in await inboxes.waiting(inbox)]
    intake.take(entries, await inbox.tries())


async def test_what_is_done_leaves_the_inbox(
    intake: Intake, inbox: Inbox, handlers: Handlers
) -> None:
    await bring(intake, inbox, message(1), message(2))

    await wait_until(lambda: intake.in_flight == 0)
    assert handlers.seen == [1, 2]
    assert await inboxes.numbers(inbox) == []


async def test_work_handed_over_holds_the_update_but_not_its_lane(
    intake: Intake, inbox: Inbox, handlers: Handlers
) -> None:
    handlers.hands_over = True
    handlers.gate.clear()

    await bring(intake, inbox, message(1), message(2))

    await wait_until(lambda: handlers.seen == [1, 2])
    assert await inboxes.numbers(inbox) == [1, 2]
    handlers.gate.set()
    await wait_until(lambda: intake.in_flight == 0)
    assert await inboxes.numbers(inbox) == []


async def test_a_lane_waits_and_other_lanes_do_not(
    intake: Intake, inbox: Inbox, handlers: Handlers
) -> None:
    handlers.gate.clear()

    await bring(intake, inbox, message(1), message(2), message(3, chat=8))

    await wait_until(lambda: handlers.seen == [1, 3])
    handlers.gate.set()
    await wait_until(lambda: handlers.seen == [1, 3, 2])


async def test_what_does_not_decode_is_buried_with_its_reason(
    intake: Intake, inbox: Inbox, records: InboxRecords, handlers: Handlers
) -> None:
    handlers.troubles = [Unreadable("message.date: missing")]

    await bring(intake, inbox, message(1), message(2))

    await wait_until(lambda: intake.in_flight == 0)
    assert [letter.reason for letter in await records.dead()] == [
        "unreadable: message.date: missing"
    ]
    assert handlers.seen == [1, 2]


async def test_a_broken_handler_buries_its_update_and_stops_nobody(
    intake: Intake, inbox: Inbox, records: InboxRecords, handlers: Handlers
) -> None:
    handlers.troubles = [ZeroDivisionError("private words")]

    await bring(intake, inbox, message(1), message(2))

    await wait_until(lambda: intake.in_flight == 0)
    letters = await records.dead()
    assert [(letter.raw["update_id"], letter.reason) for letter in letters] == [
        (1, "broke: ZeroDivisionError")
    ]


async def test_storage_away_is_told_once_and_tried_again(
    intake: Intake, inbox: Inbox, handlers: Handlers, told: Told
) -> None:
    handlers.troubles = [StorageAway("gone"), StorageAway("gone")]

    await bring(intake, inbox, message(1))

    await wait_until(lambda: intake.in_flight == 0)
    assert handlers.seen == [1, 1, 1]
    assert told.away == [message(1)]


async def test_an_update_under_way_is_not_begun_twice(
    intake: Intake, inbox: Inbox, handlers: Handlers
) -> None:
    handlers.gate.clear()
    await bring(intake, inbox, message(1))
    await wait_until(lambda: handlers.seen == [1])

    await take_all(intake, inbox, moved=True)
    handlers.gate.set()

    await wait_until(lambda: intake.in_flight == 0)
    assert handlers.seen == [1]


async def test_what_is_dropped_stays_in_the_inbox_for_the_next_run(
    intake: Intake, inbox: Inbox, handlers: Handlers
) -> None:
    handlers.gate.clear()
    await bring(intake, inbox, message(1))
    await wait_until(lambda: handlers.seen == [1])

    await intake.close(grace=0)

    assert await inboxes.numbers(inbox) == [1]


async def test_an_update_that_kills_us_is_buried_after_some_starts_and_takes_nobody_along(
    inbox: Inbox, records: InboxRecords, handlers: Handlers, told: Told
) -> None:
    await inboxes.bring(inbox, message(1, chat=1), message(2, chat=2))
    for _ in range(TRIES_LIMIT + 1):
        await killed_in_mid_work(inbox, handlers, told)
    handlers.gate.set()

    intake = Intake(inbox, handlers, told, caution=0)
    await take_all(intake, inbox, moved=True)

    await wait_until(lambda: intake.in_flight == 0)
    assert [letter.raw for letter in await records.dead()] == [message(1, chat=1)]
    assert told.broken == [message(1, chat=1)]
    assert handlers.seen[-1] == 2


async def killed_in_mid_work(inbox: Inbox, handlers: Handlers, told: Told) -> None:
    """A run that ends without a word to the inbox, as a kill does it."""
    handlers.gate.clear()
    begun = len(handlers.seen)
    intake = Intake(inbox, handlers, told, caution=0)
    await take_all(intake, inbox, moved=True)
    await wait_until(lambda: len(handlers.seen) > begun or bool(told.broken))
    await intake._background.cancel()


async def test_a_suspect_waits_until_the_others_have_had_their_chance(
    inbox: Inbox, handlers: Handlers, told: Told
) -> None:
    await inboxes.bring(inbox, message(1), message(2, chat=8))
    for _ in range(2):
        await inbox.count_try(UpdateId(1))
    intake = Intake(inbox, handlers, told, caution=600)

    await take_all(intake, inbox, moved=True)

    await wait_until(lambda: handlers.seen == [2] and intake.in_flight == 1)
    await intake.close(grace=0)
    assert await inboxes.numbers(inbox) == [1]


async def test_being_stopped_in_order_is_nobodys_fault(
    inbox: Inbox, records: InboxRecords, handlers: Handlers, told: Told
) -> None:
    await inboxes.bring(inbox, message(1))
    for _ in range(2 * TRIES_LIMIT):
        handlers.gate.clear()
        begun = len(handlers.seen)
        intake = Intake(inbox, handlers, told, caution=0)
        await take_all(intake, inbox, moved=True)
        await wait_until(lambda begun=begun: len(handlers.seen) > begun)  # type: ignore[misc]
        await intake.close(grace=0)

    assert await records.dead() == ()
    assert await inboxes.numbers(inbox) == [1]


async def test_after_many_kills_a_chat_is_still_answered_in_its_order(
    inbox: Inbox, handlers: Handlers, told: Told
) -> None:
    handlers.hands_over = True
    await inboxes.bring(inbox, message(1), message(2))
    for _ in range(3):
        await killed_in_mid_work(inbox, handlers, told)
    handlers.seen.clear()
    await inboxes.bring(inbox, message(3))
    intake = Intake(inbox, handlers, told, caution=0)

    await take_all(intake, inbox, moved=True)

    await wait_until(lambda: handlers.seen == [1])
    handlers.gate.set()
    await wait_until(lambda: intake.in_flight == 0)
    assert handlers.seen == [1, 2, 3]
