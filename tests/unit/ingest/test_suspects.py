"""An update that ends the process is found out, and takes nobody along."""

from luka_bot.ingest.intake import SUSPECT_AFTER, TRIES_LIMIT, Intake
from luka_bot.models.errors import StorageAway
from luka_bot.models.ids import UpdateId
from luka_bot.storage.inbox import Inbox
from luka_bot.storage.inbox_records import InboxRecords
from tests import inboxes
from tests.unit.ingest.taking import Handlers, Told, message, take_all
from tests.waiting import wait_until, wait_until_found


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
    assert told.given_up[:1] == [message(1, chat=1)]
    assert message(2, chat=2) not in told.given_up
    assert handlers.seen[-1] == 2


async def killed_in_mid_work(inbox: Inbox, handlers: Handlers, told: Told) -> None:
    """A run that ends without a word to the inbox, as a kill does it."""
    handlers.gate.clear()
    begun = len(handlers.seen)
    intake = Intake(inbox, handlers, told, caution=0)
    await take_all(intake, inbox, moved=True)
    await wait_until(lambda: len(handlers.seen) > begun or bool(told.given_up))
    await intake._background.cancel()


async def test_what_only_waits_for_its_turn_is_never_suspected(
    inbox: Inbox, handlers: Handlers, told: Told
) -> None:
    handlers.hands_over = handlers.rests = True
    handlers.gate.clear()
    await inboxes.bring(inbox, message(1))
    for number in range(TRIES_LIMIT + 1):
        intake = Intake(inbox, handlers, told, caution=0)
        await take_all(intake, inbox, moved=True)
        await wait_until(lambda number=number: len(handlers.seen) > number)  # type: ignore[misc]
        await wait_until_found(lambda: forgiven(inbox))
        await intake._background.cancel()

    assert told.given_up == []


async def forgiven(inbox: Inbox) -> bool:
    return set((await inbox.tries()).values()) == {0}


async def test_a_suspect_waits_until_the_others_have_had_their_chance(
    inbox: Inbox, handlers: Handlers, told: Told
) -> None:
    await inboxes.bring(inbox, message(1), message(2, chat=8))
    await inbox.count_tries(UpdateId(1), SUSPECT_AFTER)
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


async def test_one_run_is_one_try_however_often_storage_fails_in_it(
    intake: Intake, inbox: Inbox, handlers: Handlers
) -> None:
    handlers.troubles = [StorageAway("no replica has it"), StorageAway("no replica has it")]
    handlers.gate.clear()
    await inboxes.bring(inbox, message(1))

    await take_all(intake, inbox, moved=True)

    await wait_until(lambda: handlers.seen == [1, 1, 1])
    assert await inbox.tries() == {1: 1}


async def test_an_update_for_which_we_lost_our_lease_is_found_out_too(
    inbox: Inbox, handlers: Handlers, told: Told
) -> None:
    handlers.gate.clear()
    await inboxes.bring(inbox, message(1))
    for _ in range(TRIES_LIMIT + 1):
        begun = len(handlers.seen)
        intake = Intake(inbox, handlers, told, caution=0)
        await take_all(intake, inbox, moved=True)
        await wait_until(lambda begun=begun: len(handlers.seen) > begun or bool(told.given_up))  # type: ignore[misc]
        await intake.drop()

    assert told.given_up == [message(1)]


async def test_after_many_kills_a_chat_is_still_answered_in_its_order(
    inbox: Inbox, handlers: Handlers, told: Told
) -> None:
    handlers.hands_over = True
    await inboxes.bring(inbox, message(1), message(2))
    for _ in range(SUSPECT_AFTER + 1):
        await killed_in_mid_work(inbox, handlers, told)
    handlers.seen.clear()
    await inboxes.bring(inbox, message(3))
    intake = Intake(inbox, handlers, told, caution=0)

    await take_all(intake, inbox, moved=True)

    await wait_until(lambda: handlers.seen == [1])
    handlers.gate.set()
    await wait_until(lambda: intake.in_flight == 0)
    assert handlers.seen == [1, 2, 3]
