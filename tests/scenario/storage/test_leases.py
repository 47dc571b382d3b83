"""One holder at a time."""

import asyncio

from redis.asyncio import Redis

from luka_bot.storage.client import Storage
from luka_bot.storage.leases import Lease


async def test_of_many_who_ask_one_holds_it(storage: Storage) -> None:
    leases = [Lease(storage, "poller", 30) for _ in range(20)]
    assert sum(await asyncio.gather(*(lease.take() for lease in leases))) == 1


async def test_the_holder_may_take_it_again_and_others_after_it_was_released(
    storage: Storage,
) -> None:
    ours, theirs = Lease(storage, "poller", 30), Lease(storage, "poller", 30)
    assert [await ours.take(), await ours.take(), await theirs.take()] == [True, True, False]
    assert await ours.release()
    assert await theirs.take()


async def test_nobody_renews_or_releases_what_isnt_theirs(storage: Storage, redis: Redis) -> None:
    ours, theirs = Lease(storage, "poller", 30), Lease(storage, "poller", 30)
    await ours.take()
    assert not await theirs.renew()
    assert not await theirs.release()
    assert await redis.exists("lease:poller")


async def test_a_lease_ends_by_itself_and_renewing_puts_that_off(
    storage: Storage, redis: Redis
) -> None:
    ours, theirs = Lease(storage, "poller", 30), Lease(storage, "poller", 30)
    await ours.take()
    assert 0 < await redis.pttl("lease:poller") <= 30_000
    await redis.pexpire("lease:poller", 1000)
    assert await ours.renew()
    assert await redis.pttl("lease:poller") > 1000
    await redis.delete("lease:poller")  # as if its time had come
    assert not await ours.renew()
    assert await theirs.take()
