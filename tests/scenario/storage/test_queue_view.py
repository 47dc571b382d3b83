"""The line as admins see it, and places they want given up, whoever holds them."""

import pytest
from redis.asyncio import Redis

from luka_bot.storage import keys
from luka_bot.storage.client import Storage
from luka_bot.storage.line import Rank
from luka_bot.storage.queue_view import Cancelling, QueueView
from tests.redis_fixtures import HandClock
from tests.scenario.storage.lining import Process

ANN, BOB, CID, SPARE = 1, 2, -3, 0


@pytest.fixture
def view(storage: Storage) -> QueueView:
    return QueueView(storage)


async def test_who_is_answered_stands_first_then_who_waits_in_their_order(
    storage: Storage, clock: HandClock, view: QueueView
) -> None:
    first, second = Process(storage, clock), Process(storage, clock)
    first.joins(ANN, ANN)
    second.joins(BOB)
    second.joins(SPARE, rank=Rank.SPARE)
    await first.looks()
    await second.looks()

    seen = [(one.person, one.position, one.running) for one in await view.entries()]

    assert seen == [(ANN, 0, True), (BOB, 1, False), (ANN, 2, False)]


async def test_a_place_is_given_up_by_whoever_holds_it_and_by_nobody_else(
    storage: Storage, clock: HandClock, redis: Redis, view: QueueView
) -> None:
    first, second = Process(storage, clock), Process(storage, clock)
    first.joins(ANN)
    second.joins(BOB, CID)
    await first.looks()
    await second.looks()
    bob = (await view.entries())[1].place

    outcomes = [await view.cancel(bob), await view.cancel(bob)]

    assert outcomes == [Cancelling.NEW, Cancelling.KNOWN]
    await first.looks()
    await second.looks()
    assert (first.cancelled, second.cancelled) == ([], [BOB])
    await second.gives_up(0)
    assert second.cancelled == []
    assert await view.cancel(bob) is Cancelling.GONE
    assert not await redis.exists(keys.LINE_CANCELLED)


async def test_no_wish_outlives_the_process_that_could_have_granted_it(
    storage: Storage, clock: HandClock, redis: Redis, view: QueueView
) -> None:
    dead, other = Process(storage, clock), Process(storage, clock)
    dead.joins(ANN)
    await dead.looks()
    await view.cancel((await view.entries())[0].place)
    await redis.delete(*await redis.keys(keys.lease("line:*")))

    other.joins(BOB)

    assert await other.looks() == [BOB]
    assert not await redis.exists(keys.LINE_CANCELLED)
