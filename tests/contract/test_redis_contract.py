"""The memory that stands in for Redis where there is none answers as a real server does."""

from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio

from luka_bot.models.errors import NotYours, StorageOfAnotherBot, ThreadGone, TooManyThreads
from luka_bot.models.ids import ChatId, MessageId, TurnId, UpdateId
from luka_bot.models.thread import THREADS_LIMIT
from luka_bot.models.turn import TurnState
from luka_bot.services.thread_service import ThreadService
from luka_bot.storage.client import Storage
from luka_bot.storage.connect import in_memory
from luka_bot.storage.deliveries import Deliveries
from luka_bot.storage.inbox import Inbox
from luka_bot.storage.inbox_records import InboxRecords
from luka_bot.storage.leases import Lease
from luka_bot.storage.replicas import Membership, PeerState
from luka_bot.storage.threads import ThreadStore
from luka_bot.storage.turns import TurnStore
from tests.inboxes import bring, numbers, waiting
from tests.redis_fixtures import HandClock
from tests.scenario.storage.talk import ANN, BOB, done, failed, question, said, words


@pytest_asyncio.fixture
async def memory() -> AsyncGenerator[Storage, None]:
    async with in_memory() as storage:
        yield storage


@pytest.fixture(params=["storage", "memory"], ids=["a real server", "memory"])
def either(request: pytest.FixtureRequest) -> Storage:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Storage)
    return found


@pytest.fixture
def people(either: Storage, clock: HandClock) -> ThreadService:
    return ThreadService(ThreadStore(either), TurnStore(either), clock)


async def test_threads_are_made_listed_and_switched(
    people: ThreadService, clock: HandClock
) -> None:
    await said(people, "t1")
    clock.forward(1)
    second = await people.create_thread(ANN)
    page = await people.list_threads(ANN)
    assert [thread.name for thread in page.threads] == ["Chat 2", "Main Chat"]
    assert page.active_id == second.thread_id
    switched = await people.set_active_thread(ANN, page.threads[1].thread_id)
    assert (switched.is_active, switched.message_count) == (True, 2)


async def test_deleting_and_undoing(people: ThreadService) -> None:
    thread_id = (await said(people, "t1", "hello")).thread.thread_id
    assert (await people.delete_thread(ANN, thread_id)).active is None
    with pytest.raises(ThreadGone):
        await people.rename_thread(ANN, thread_id, "ghost")
    await people.restore_thread(ANN, thread_id)
    assert words(await people.history(ANN, thread_id)) == ["hello", "HELLO"]


async def test_refusals(people: ThreadService) -> None:
    thread_id = (await people.create_thread(ANN)).thread_id
    with pytest.raises(NotYours):
        await people.get_thread(BOB, thread_id)
    for number in range(THREADS_LIMIT - 1):
        await people.create_thread(ANN, f"n{number}")
    with pytest.raises(TooManyThreads):
        await people.create_thread(ANN, "one more")


async def test_turns_are_resumed_retried_and_answered_once(people: ThreadService) -> None:
    turn = await people.open_turn(question("t1", "one"))
    assert (await people.open_turn(question("t1", "one"))).state is TurnState.RESUMED
    await people.commit_turn(turn, failed())
    again = await people.reopen_turn(ANN, turn.thread.thread_id, TurnId("t1"), drop_answer=False)
    await people.commit_turn(again, done("ONE"))
    assert (await people.open_turn(question("t1", "one"))).state is TurnState.ANSWERED
    assert words(await people.history(ANN, turn.thread.thread_id)) == ["one", "ONE"]


async def test_updates_wait_in_order_and_once(either: Storage, clock: HandClock) -> None:
    membership, records = Membership(either, clock), InboxRecords(either, clock)
    await membership.join()
    inbox = Inbox(either, membership, clock, limit=10)
    assert await bring(inbox, {"update_id": 1}, {"update_id": 2}) == 2
    assert await bring(inbox, {"update_id": 1}) == 0
    first, second = await waiting(inbox)
    await inbox.count_tries(UpdateId(1), 1)
    assert await inbox.tries() == {1: 1}
    await inbox.bury(first.entry_id, {"update_id": 1}, "odd")
    assert await numbers(inbox) == [2]
    await inbox.ack(second.entry_id)
    state = await records.state()
    assert (state.depth, state.dead, state.replicas) == (0, 1, 1)
    assert await bring(inbox, {"update_id": 2}) == 0


async def test_a_replica_that_left_is_taken_over(either: Storage, clock: HandClock) -> None:
    ours, theirs = Membership(either, clock), Membership(either, clock)
    await ours.join()
    await theirs.join()
    await bring(Inbox(either, theirs, clock, limit=10), {"update_id": 1})
    await theirs.leave()
    [peer] = await ours.renew() or ()
    assert (peer.state, await ours.take_over(peer)) == (PeerState.LEFT, 1)
    assert await numbers(Inbox(either, ours, clock, limit=10)) == [1]


async def test_an_inbox_has_one_bot(either: Storage, clock: HandClock) -> None:
    records = InboxRecords(either, clock)
    for _ in range(2):
        await records.claim(1)
    with pytest.raises(StorageOfAnotherBot):
        await records.claim(2)


async def test_a_lease_has_one_holder(either: Storage) -> None:
    ours, theirs = Lease(either, "poller", 30), Lease(either, "poller", 30)
    assert [await ours.take(), await theirs.take(), await theirs.release()] == [True, False, False]
    assert [await ours.renew(), await ours.release(), await theirs.take()] == [True, True, True]


async def test_a_message_of_an_answer_comes_back(either: Storage, people: ThreadService) -> None:
    turn = await people.open_turn(question("t1"))
    delivery = Deliveries(either).of_turn(turn, ChatId(1))
    assert await delivery.receipt().begin() is None
    assert (await people.open_turn(question("t1"))).doubtful
    await delivery.wrote([MessageId(5)], last=True)
    again = await people.open_turn(question("t1"))
    assert (again.shown, again.doubtful) == ((5,), False)
