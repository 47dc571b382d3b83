"""Time passes in Redis as it does while people sleep."""

from datetime import timedelta

import pytest
from redis.asyncio import Redis

from bench.soak import hours
from luka_bot.models.ids import ThreadId, TurnId
from luka_bot.storage import keys

DAY = timedelta(days=1)


async def test_a_day_ends_what_lives_shorter(redis: Redis) -> None:
    await redis.set(keys.trash(ThreadId("a")), "", ex=keys.UNDO_LIFE)
    await redis.set(keys.turn(TurnId("u1")), "", ex=keys.TURN_LIFE)

    ended = await hours.pass_time(redis, DAY)

    assert ended == 1
    assert await redis.keys() == [keys.turn(TurnId("u1"))]
    left = timedelta(milliseconds=await redis.pttl(keys.turn(TurnId("u1"))))
    assert DAY - timedelta(minutes=1) < left <= DAY


async def test_what_a_living_process_renews_stays(redis: Redis) -> None:
    await redis.set(keys.lease("poll"), "me", ex=10)
    await redis.set(keys.PROBE, "", ex=keys.PROBE_LIFE)
    await redis.set(keys.INBOX_BOT, "1")

    await hours.pass_time(redis, DAY)

    assert set(await redis.keys()) == {keys.lease("poll"), keys.PROBE, keys.INBOX_BOT}


async def test_what_is_gone_since_its_name_was_read_is_not_taken_for_endless(redis: Redis) -> None:
    await redis.set(keys.INBOX_BOT, "1")

    found = await hours.lifetimes(redis, [keys.LINE_RUNNING, keys.INBOX_BOT])

    assert list(found) == [keys.INBOX_BOT]
    assert found[keys.INBOX_BOT] < timedelta()


@pytest.mark.parametrize(
    ("name", "seconds"),
    [("thread:a", None), ("turn:u1", 3600 * 49), ("stranger", 60)],
    ids=["for ever", "too long", "nobody's"],
)
async def test_a_key_that_would_stay_is_found(redis: Redis, name: str, seconds: int | None) -> None:
    await redis.set(name, "", ex=seconds)
    await redis.set(keys.INBOX_BOT, "1")

    assert await hours.immortal(redis) == [name]
