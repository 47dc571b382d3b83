"""A replica takes over from the dead, and from nobody who may live."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from redis.asyncio import Redis

from luka_bot.ingest.intake import Intake
from luka_bot.ingest.reader import Reader
from luka_bot.ingest.replica import Replica
from luka_bot.storage import keys
from luka_bot.storage.client import Storage
from luka_bot.storage.inbox import Inbox
from luka_bot.storage.replicas import Membership
from luka_bot.watch.vitals import Vitals
from tests.inboxes import bring, numbers
from tests.redis_fixtures import HandClock
from tests.unit.ingest.taking import Handlers, Told, message
from tests.waiting import wait_until, wait_until_found


class Counted:
    """How many replicas live, each time that ours has asked."""

    def __init__(self) -> None:
        self.counts: list[int] = []

    def __call__(self, count: int) -> None:
        self.counts.append(count)

    async def rounds(self, more: int) -> None:
        wanted = len(self.counts) + more
        await wait_until(lambda: len(self.counts) >= wanted, seconds=10)


@asynccontextmanager
async def working(
    storage: Storage, clock: HandClock, handlers: Handlers, counted: Counted
) -> AsyncIterator[Inbox]:
    membership = Membership(storage, clock)
    inbox = Inbox(storage, membership, clock, limit=100)
    intake = Intake(inbox, handlers, Told(), caution=0)
    reader = Reader(inbox, intake, clock)
    replica = Replica(membership, reader, intake, clock, counted, Vitals(clock))
    async with replica.working(grace=1):
        await replica.ready()
        yield inbox


async def silent_one(storage: Storage, redis: Redis, clock: HandClock) -> Inbox:
    """Of this very process, so that nobody can see that it is dead; with an update."""
    membership = Membership(storage, clock)
    await membership.join()
    inbox = Inbox(storage, membership, clock, limit=100)
    await bring(inbox, message(1))
    await redis.delete(keys.lease(f"replica:{membership.replica_id}"))
    return inbox


async def test_a_silent_one_is_taken_over_once_the_living_have_had_a_lease_to_speak(
    storage: Storage, redis: Redis, clock: HandClock, handlers: Handlers
) -> None:
    theirs, counted = await silent_one(storage, redis, clock), Counted()
    async with working(storage, clock, handlers, counted):
        clock.forward(9)
        await counted.rounds(2)
        assert await numbers(theirs) == [1]

        clock.forward(2)

        await wait_until(lambda: handlers.seen == [1])


async def test_after_a_gap_of_our_own_everybody_has_a_lease_to_speak_again(
    storage: Storage, redis: Redis, clock: HandClock, handlers: Handlers
) -> None:
    counted = Counted()
    async with working(storage, clock, handlers, counted):
        clock.forward(9)
        await counted.rounds(2)
        theirs = await silent_one(storage, redis, clock)

        clock.forward(60)  # as if we had been stopped for a minute

        await counted.rounds(2)
        assert await numbers(theirs) == [1]
        assert handlers.seen == []


async def test_what_another_one_has_taken_from_us_is_left_to_it(
    storage: Storage, redis: Redis, clock: HandClock, handlers: Handlers
) -> None:
    handlers.gate.clear()
    other = Membership(storage, clock)
    await other.join()
    async with working(storage, clock, handlers, Counted()) as inbox:
        await bring(inbox, message(1))
        await wait_until(lambda: handlers.seen == [1])
        [ours] = await other.renew() or ()
        await redis.delete(keys.lease(f"replica:{ours.replica_id}"))

        assert await other.take_over(ours) == 1

        await wait_until_found(lambda: joined_anew(other, ours.replica_id))
        assert handlers.seen == [1]
        assert await numbers(Inbox(storage, other, clock, limit=100)) == [1]


async def joined_anew(other: Membership, before: str) -> bool:
    peers = await other.renew() or ()
    return [peer.replica_id for peer in peers] not in ([], [before])
