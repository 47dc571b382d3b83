"""Each stored update is worked on until it is done or buried."""

from luka_bot.ingest.intake import Intake, Unreadable
from luka_bot.models.errors import StorageAway
from luka_bot.storage.inbox import Inbox
from luka_bot.storage.inbox_records import InboxRecords
from tests import inboxes
from tests.unit.ingest.taking import Handlers, Told, bring, message, take_all
from tests.waiting import wait_until


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
