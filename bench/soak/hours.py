"""Time passes in Redis: what it would end is ended, all other lifetimes are that much shorter.

The bot isn't stopped for it: what it renews every few seconds stays as it is.
"""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import islice

from redis.asyncio import Redis

from luka_bot.storage import keys

RENEWED = (keys.lease.prefix, keys.POLL_SEEN, keys.PROBE, keys.REPLICATED, keys.WEBHOOK)
GONE = -2  # as PTTL says it
AT_ONCE = 1000
UNKNOWN = "unknown"
TICKETS = f"{keys.TICKETS}:"  # pydocket makes and ends them as it likes


async def pass_time(redis: Redis, time: timedelta) -> int:
    """How many keys have come to their end by it."""
    ended = 0
    async for some in _batches(redis):
        names = [name for name in some if not name.startswith(RENEWED)]
        known = await lifetimes(redis, names)
        async with redis.pipeline(transaction=False) as pipeline:
            for name, left in known.items():
                if left >= timedelta():
                    ended += left <= time
                    pipeline.pexpire(name, max(left - time, timedelta()))  # 0 deletes at once
            await pipeline.execute()
    return ended


async def count_kinds(redis: Redis) -> Counter[str]:
    return Counter([kind_of(name) async for some in _batches(redis) for name in some])


async def immortal(redis: Redis) -> list[str]:
    """Keys without a lifetime that should have one, those above theirs, and those nobody knows."""
    found = []
    async for some in _batches(redis):
        for name, left in (await lifetimes(redis, some)).items():
            kind = kind_of(name)
            if kind == TICKETS:
                continue
            if kind == UNKNOWN or not _lawful(keys.lifetime(name), left):
                found.append(name)
    return found


async def size_of(redis: Redis, kind: str, most: int = 500) -> float:
    """Bytes that a key of this kind takes on average, looked at some of them."""
    names = [name async for some in _batches(redis) for name in some if kind_of(name) == kind]
    async with redis.pipeline(transaction=False) as pipeline:
        for name in islice(names, most):
            pipeline.memory_usage(name, samples=0)
        taken = [int(one) for one in await pipeline.execute() if one is not None]
    return sum(taken) / len(taken) if taken else 0.0


async def lifetimes(redis: Redis, names: list[str]) -> dict[str, timedelta]:
    """Of those that are still there. Negative for ever."""
    async with redis.pipeline(transaction=False) as pipeline:
        for name in names:
            pipeline.pttl(name)
        found = zip(names, await pipeline.execute(), strict=True)
    return {name: timedelta(milliseconds=left) for name, left in found if left != GONE}


def kind_of(name: str) -> str:
    """The key without the part that is one person's, thread's or turn's."""
    if name in keys.SINGLE or name in keys.PERMANENT:
        return name
    if name.startswith(TICKETS):
        return TICKETS
    try:
        keys.lifetime(name)
    except KeyError:
        return UNKNOWN
    return f"{name.rpartition(':')[0]}:" if not name.startswith("lease:") else "lease:"


def _lawful(allowed: timedelta | None, left: timedelta) -> bool:
    endless = left < timedelta()
    return endless if allowed is None else not endless and left <= allowed


async def _batches(redis: Redis) -> AsyncIterator[list[str]]:
    """All names there are now."""
    names = [str(name) async for name in redis.scan_iter(count=AT_ONCE)]
    for start in range(0, len(names), AT_ONCE):
        yield names[start : start + AT_ONCE]
