"""Each stored update is worked on until it is done or buried."""

from redis.asyncio import Redis

from luka_bot.ingest.intake import Intake, Unreadable
from luka_bot.models.errors import ReplicaLost, StorageAway
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


async def test_who_lost_its_place_tells_nobody_and_begins_again_until_it_is_stopped(
    intake: Intake, inbox: Inbox, handlers: Handlers, told: Told
) -> None:
    handlers.troubles = [ReplicaLost("ours"), ReplicaLost("ours")]

    await bring(intake, inbox, message(1))

    await wait_until(lambda: intake.in_flight == 0)
    assert handlers.seen == [1, 1, 1]
    assert told.away == []


async def test_a_turn_that_was_taken_away_is_begun_anew(
    intake: Intake, inbox: Inbox, handlers: Handlers
) -> None:
    handlers.hands_over = True
    handlers.taken = 2

    await bring(intake, inbox, message(1))

    await wait_until(lambda: intake.in_flight == 0)
    assert handlers.seen == [1, 1, 1]
    assert await inboxes.numbers(inbox) == []


async def test_that_the_end_can_not_be_noted_is_nobody_s_trouble(
    intake: Intake, inbox: Inbox, handlers: Handlers, told: Told, redis: Redis
) -> None:
    handlers.gate.clear()
    await bring(intake, inbox, message(1))
    await wait_until(lambda: handlers.seen == [1])
    await redis.client_pause(1000)

    handlers.gate.set()

    await wait_until(lambda: intake.in_flight == 0, seconds=10)
    assert told.away == []


async def test_a_paste_that_breaks_us_is_buried_once(
    intake: Intake, inbox: Inbox, records: InboxRecords, handlers: Handlers
) -> None:
    handlers.troubles = [ZeroDivisionError("private words")]
    piece = {"chat": {"id": 7}, "from": {"id": 7}, "date": 1, "text": "a" * 4096}

    await bring(
        intake, inbox, {"update_id": 1, "message": piece}, {"update_id": 2, "message": piece}
    )

    await wait_until(lambda: intake.in_flight == 0)
    assert len(await records.dead()) == 1
    assert await inboxes.numbers(inbox) == []


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
