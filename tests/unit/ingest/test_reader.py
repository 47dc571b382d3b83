"""From the inbox to the intake: nobody waits behind somebody else's flood."""

import time
from collections.abc import AsyncIterator

import pytest

from luka_bot.background import Background
from luka_bot.ingest.intake import LANE_LIMIT, Intake
from luka_bot.ingest.raw_updates import RawUpdate
from luka_bot.ingest.reader import Reader
from luka_bot.storage.inbox import Inbox
from tests import inboxes
from tests.unit.ingest.taking import Handlers, message
from tests.waiting import wait_until

FLOOD = LANE_LIMIT + 30


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
async def test_what_was_passed_over_is_worked_on_in_its_order(
    inbox: Inbox, handlers: Handlers
) -> None:
    handlers.gate.clear()
    await inboxes.bring(inbox, *map(message, range(3 * FLOOD)))
    await wait_until(lambda: handlers.seen == [0])

    handlers.gate.set()

    await wait_until(lambda: len(handlers.seen) == 3 * FLOOD)
    assert handlers.seen == list(range(3 * FLOOD))
