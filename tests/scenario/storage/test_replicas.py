"""Several processes share the work, and take over what a dead one had."""

import asyncio
from dataclasses import dataclass

import pytest
from redis.asyncio import Redis

from luka_bot.ingest.raw_updates import RawUpdate
from luka_bot.models.errors import ReplicaLost
from luka_bot.models.ids import ReplicaId
from luka_bot.storage import keys
from luka_bot.storage.client import Storage
from luka_bot.storage.inbox import Inbox
from luka_bot.storage.inbox_records import InboxRecords
from luka_bot.storage.replicas import Membership, Peer, PeerState
from tests.inboxes import bring, numbers, waiting
from tests.redis_fixtures import HandClock


@dataclass(frozen=True, slots=True)
class One:
    """A replica, as far as the store knows it."""

    membership: Membership
    inbox: Inbox

    async def peers(self) -> tuple[Peer, ...]:
        peers = await self.membership.renew()
        assert peers is not None
        return peers


async def joined(storage: Storage, clock: HandClock) -> One:
    membership = Membership(storage, clock)
    await membership.join()
    return One(membership, Inbox(storage, membership, clock, limit=1000))


@pytest.fixture
async def ours(storage: Storage, clock: HandClock) -> One:
    return await joined(storage, clock)


@pytest.fixture
async def theirs(storage: Storage, clock: HandClock) -> One:
    return await joined(storage, clock)


def message(number: int, chat: int = 7) -> RawUpdate:
    return {"update_id": number, "message": {"chat": {"id": chat}, "text": str(number)}}


def tap(number: int, chat: int = 7) -> RawUpdate:
    query = {"from": {"id": 1}, "message": {"chat": {"id": chat}}, "data": "x"}
    return {"update_id": number, "callback_query": query}


async def silenced(redis: Redis, replica: One) -> None:
    """As if its lease had ended."""
    await redis.delete(keys.lease(f"replica:{replica.membership.replica_id}"))


async def test_what_belongs_to_a_chat_goes_where_its_unfinished_updates_are(
    ours: One, theirs: One
) -> None:
    await bring(ours.inbox, message(1, chat=7))
    await bring(theirs.inbox, message(2, chat=7), tap(3, chat=7), message(4, chat=8))

    assert await numbers(ours.inbox) == [1, 2, 3]
    assert await numbers(theirs.inbox) == [4]


async def test_a_chat_with_nothing_unfinished_goes_to_whoever_hears_of_it(
    ours: One, theirs: One
) -> None:
    await bring(ours.inbox, message(1), message(2))
    await ours.inbox.ack(*[entry.entry_id for entry in await waiting(ours.inbox)])

    await bring(theirs.inbox, message(3))

    assert await numbers(theirs.inbox) == [3]


async def test_of_a_silent_replica_everything_is_taken_over_in_its_order(
    ours: One, theirs: One, redis: Redis
) -> None:
    await bring(theirs.inbox, message(1), message(2, chat=8), message(3))
    await bring(ours.inbox, message(4, chat=9), message(5))
    await silenced(redis, theirs)

    [peer] = await ours.peers()
    assert (peer.state, await ours.membership.take_over(peer)) == (PeerState.SILENT, 4)

    assert await numbers(ours.inbox) == [4, 1, 2, 3, 5]
    assert [entry.moved for entry in await waiting(ours.inbox)] == [False, *[True] * 4]
    await bring(ours.inbox, message(6))
    assert (await numbers(ours.inbox))[-1] == 6


async def test_one_that_lives_is_left_alone(ours: One, theirs: One) -> None:
    await bring(theirs.inbox, message(1))

    [peer] = await ours.peers()

    assert peer.state is PeerState.ALIVE
    assert await ours.membership.take_over(peer) is None
    assert await numbers(theirs.inbox) == [1]


async def test_of_two_who_take_over_at_once_one_has_it(
    ours: One, theirs: One, storage: Storage, clock: HandClock, redis: Redis
) -> None:
    third = await joined(storage, clock)
    await bring(third.inbox, message(1))
    await silenced(redis, third)
    peer = next(peer for peer in await ours.peers() if peer.state is PeerState.SILENT)

    taken = await asyncio.gather(ours.membership.take_over(peer), theirs.membership.take_over(peer))

    assert sorted(taken, key=str) == [1, None]
    assert [*await numbers(ours.inbox), *await numbers(theirs.inbox)] == [1]


async def test_who_was_taken_over_learns_it_and_stores_nothing_more(
    ours: One, theirs: One, redis: Redis
) -> None:
    await silenced(redis, theirs)
    [peer] = await ours.peers()
    await ours.membership.take_over(peer)

    assert await theirs.membership.renew() is None
    with pytest.raises(ReplicaLost):
        await bring(theirs.inbox, message(1))
    await theirs.membership.join()
    assert await bring(theirs.inbox, message(1)) == 1


async def test_what_one_leaves_behind_is_taken_at_once_and_nothing_else_stays(
    ours: One, theirs: One, redis: Redis
) -> None:
    await bring(theirs.inbox, message(1))
    await theirs.membership.leave()

    [peer] = await ours.peers()
    assert (peer.state, peer.dead) == (PeerState.LEFT, True)
    await ours.membership.take_over(peer)

    assert await numbers(ours.inbox) == [1]
    assert await redis.zcard("inbox:replicas") == 1
    assert await redis.keys("inbox:of:*") == [keys.inbox_of(ours.membership.replica_id)]


async def test_who_leaves_with_nothing_to_do_is_forgotten(ours: One, theirs: One) -> None:
    await theirs.membership.leave()

    assert await ours.peers() == ()


async def test_a_killed_neighbour_is_known_to_be_dead_before_its_lease_ends(
    ours: One, theirs: One
) -> None:
    gone = await asyncio.create_subprocess_exec("true")
    await gone.wait()
    place, _, rest = theirs.membership.replica_id.split(" ")

    assert Peer(ReplicaId(f"{place} {gone.pid} {rest}"), PeerState.ALIVE).dead
    [living] = await ours.peers()
    assert not living.dead


async def test_a_chat_whose_updates_are_done_leaves_no_key(
    ours: One, records: InboxRecords, redis: Redis
) -> None:
    await bring(ours.inbox, message(1), message(2))
    assert await redis.hgetall("inbox:chat:7") == {
        "replica": ours.membership.replica_id,
        "open": "2",
    }
    first, second = await waiting(ours.inbox)
    await ours.inbox.ack(first.entry_id, first.entry_id)
    await ours.inbox.bury(second.entry_id, second.raw, "odd")

    assert not await redis.exists("inbox:chat:7")
    assert (await records.state()).depth == 0
