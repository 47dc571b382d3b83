"""How long somebody stays signed in, and what stands in Redis of it."""

import asyncio

import pytest
from redis.asyncio import Redis

from luka_bot.models.ids import UserId
from luka_bot.storage import keys
from luka_bot.storage.client import Storage
from luka_bot.storage.forgetting import Forgetting
from luka_bot.storage.sessions import IDLE_SECONDS, LINK_SECONDS, SessionStore, Signed, Ticket
from tests.redis_fixtures import HandClock

OLGA = UserId(9)
TICKET = Ticket("a-token", "a-csrf")
DAY = 24 * 3600


@pytest.fixture
def sessions(storage: Storage, clock: HandClock) -> SessionStore:
    return SessionStore(storage, clock)


async def ttl(redis: Redis, pattern: str) -> int:
    (key,) = await redis.keys(pattern)
    return int(await redis.ttl(key))


async def test_a_session_lives_on_by_visits_and_a_month_at_most(
    sessions: SessionStore, clock: HandClock, redis: Redis
) -> None:
    await sessions.open(OLGA, TICKET)
    assert await ttl(redis, "session:*") == IDLE_SECONDS

    clock.now += 29.9 * DAY
    assert await sessions.visit("a-token") == Signed(OLGA, "a-csrf")
    assert await ttl(redis, "session:*") == pytest.approx(0.1 * DAY, abs=2)
    clock.now += 0.2 * DAY
    assert await sessions.visit("a-token") is None
    assert await redis.keys("session:*") == []


async def test_of_many_who_follow_a_link_at_once_one_is_signed_in(
    sessions: SessionStore, redis: Redis
) -> None:
    await sessions.make_link(OLGA, "a-link")
    assert await ttl(redis, "weblink:*") == LINK_SECONDS
    assert await sessions.is_link("a-link")

    tickets = [Ticket(f"token{number}", "a-csrf") for number in range(5)]
    entered = await asyncio.gather(*(sessions.enter("a-link", one) for one in tickets))

    assert sorted(map(str, entered)) == ["9", "None", "None", "None", "None"]
    assert not await sessions.is_link("a-link")


async def test_no_token_stands_in_redis(sessions: SessionStore, redis: Redis) -> None:
    await sessions.open(OLGA, TICKET)
    await sessions.make_link(OLGA, "a-link")

    stored = [str(key) for key in await redis.keys()]
    stored += [str(await redis.hgetall(key)) for key in stored]

    assert "a-token" not in str(stored)
    assert "a-link" not in str(stored)


async def test_attempts_are_counted_under_each_name_for_a_minute(
    sessions: SessionStore, redis: Redis
) -> None:
    counted = [await sessions.count_attempt(("olga", f"from {one}"), 2) for one in range(3)]

    assert counted[:2] == [0, 0]
    assert 0 < counted[2] <= keys.ATTEMPTS_LIFE.total_seconds()
    assert await sessions.count_attempt(("anna", "from 2"), 2) == 0
    assert len(await redis.keys("attempts:*")) == 5


async def test_whoever_is_forgotten_is_signed_in_nowhere(
    sessions: SessionStore, storage: Storage, redis: Redis
) -> None:
    await sessions.open(OLGA, TICKET)
    await sessions.make_link(OLGA, "a-link")
    await sessions.open(UserId(7), Ticket("another", "csrf"))

    await Forgetting(storage).forget(OLGA)

    assert await sessions.visit("a-token") is None
    assert await sessions.visit("another") == Signed(UserId(7), "csrf")
    assert not await redis.keys("weblink:*")
