"""From the inbox to the intake: nobody waits behind somebody else's flood."""

import time
from collections.abc import AsyncIterator

import pytest

from luka_bot.background import Background
from luka_bot.ingest.intake import IN_FLIGHT_LIMIT, LANE_LIMIT, Intake
from luka_bot.ingest.raw_updates import RawUpdate
from luka_bot.ingest.reader import Reader
from luka_bot.storage.client import Storage
from luka_bot.storage.inbox import Inbox
from luka_bot.storage.replicas import Membership
from tests import inboxes
from tests.redis_fixtures import HandClock
from tests.unit.ingest.taking import Handlers, message
from tests.waiting import wait_until

FLOOD = LANE_LIMIT + 30


@pytest.fixture
def inbox(storage: Storage, membership: Membership, clock: HandClock) -> Inbox:
    return Inbox(storage, membership, clock, limit=10_000)


@pytest.fixture
async def reading(inbox: Inbox, intake: Intake) -> AsyncIterator[None]:
    async with Background() as background:
        background.spawn("read", Reader(inbox, intake, time.monotonic).run())
        yield


def stop(number: int) -> RawUpdate:
    return {"update_id": number, "message": {"chat": {"id": 7}, "text": "/stop"}}


@pytest.mark.usefixtures("reading")
async def test_a_flood_in_one_chat_holds_up_neither_others_nor_its_own_stop(
    inbox: Inbox, intake: Intake, handlers: Handlers
) -> None:
    handlers.gate.clear()

    await inboxes.bring(inbox, *map(message, range(FLOOD)))
    await inboxes.bring(inbox, message(1000, chat=8), stop(1001))

    await wait_until(lambda: handlers.seen == [0, 1000, 1001])
    assert intake.in_flight == LANE_LIMIT + 2


@pytest.mark.usefixtures("reading")
async def test_a_crowd_that_waits_for_the_model_holds_up_no_command_and_no_tap(
    inbox: Inbox, intake: Intake, handlers: Handlers
) -> None:
    handlers.hands_over = True
    handlers.gate.clear()
    crowd = range(IN_FLIGHT_LIMIT + 50)
    await inboxes.bring(inbox, *[message(person, chat=person) for person in crowd])
    await wait_until(lambda: intake.in_flight == IN_FLIGHT_LIMIT, seconds=20)

    tap = {"update_id": 9001, "callback_query": {"message": {"chat": {"id": 9001}}}}
    chats = {"update_id": 9002, "message": {"chat": {"id": 9002}, "text": "/chats"}}
    await inboxes.bring(inbox, tap, chats, stop(9003))

    await wait_until(lambda: {9001, 9002, 9003} <= set(handlers.seen), seconds=10)
    assert intake.in_flight == IN_FLIGHT_LIMIT + 3
    handlers.gate.set()
    await wait_until(lambda: len(handlers.seen) == len(crowd) + 3, seconds=20)


@pytest.mark.usefixtures("reading")
async def test_what_was_passed_over_is_worked_on_in_its_order(
    inbox: Inbox, handlers: Handlers
) -> None:
    handlers.gate.clear()
    await inboxes.bring(inbox, *map(message, range(3 * FLOOD)))
    await wait_until(lambda: handlers.seen == [0])

    handlers.gate.set()

    await wait_until(lambda: len(handlers.seen) == 3 * FLOOD)
    assert handlers.seen == list(range(3 * FLOOD))
