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


async def test_the_lease_of_a_killed_process_is_inherited_at_once(
    storage: Storage, redis: Redis
) -> None:
    ours, theirs = Lease(storage, "poller", 30), Lease(storage, "poller", 30)
    await theirs.take()
    place, _, rest = str(await redis.get("lease:poller")).split(" ")
    gone = await asyncio.create_subprocess_exec("true")
    await gone.wait()
    await redis.set("lease:poller", f"{place} {gone.pid} {rest}", ex=30)

    assert not await ours.take()
    assert await ours.inherit()
    assert not await theirs.renew()


async def test_the_lease_of_a_living_process_or_another_machine_is_not(
    storage: Storage, redis: Redis
) -> None:
    ours, theirs = Lease(storage, "poller", 30), Lease(storage, "poller", 30)
    await theirs.take()
    assert not await ours.inherit()
    await redis.set("lease:poller", "elsewhere/1 4000000 abc", ex=30)
    assert not await ours.inherit()
