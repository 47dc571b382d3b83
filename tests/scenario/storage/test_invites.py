"""Invites are used as often as they may be, whoever comes at the same moment."""

import asyncio
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from luka_bot.models.ids import UserId
from luka_bot.models.invite import Invite
from luka_bot.models.person import Access, Limits, Standing, Visitor
from luka_bot.storage import keys
from luka_bot.storage.client import Storage
from luka_bot.storage.invites import InviteStore, Redeemed
from luka_bot.storage.meeting import Pace
from luka_bot.storage.people import PeopleStore
from tests.redis_fixtures import HandClock

OLGA = UserId(9)
WEEK = timedelta(days=7)


@pytest.fixture
def invites(storage: Storage, clock: HandClock) -> InviteStore:
    return InviteStore(storage, clock)


@pytest.fixture
def people(storage: Storage, clock: HandClock) -> PeopleStore:
    return PeopleStore(storage, Pace(Access.APPROVAL, 0, Limits()), clock)


async def made(invites: InviteStore, uses: int | None) -> tuple[str, Invite]:
    return await invites.make(uses, WEEK, "friends", OLGA, "Olga")


async def comes(invites: InviteStore, token: str, number: int, request: str = "") -> Redeemed:
    visitor = Visitor(UserId(number), f"Guest{number}")
    return (await invites.redeem(visitor, token, request or f"r{number}")).how


async def test_of_twenty_at_once_five_come_in_by_an_invite_for_five(
    invites: InviteStore, people: PeopleStore
) -> None:
    token, _ = await made(invites, 5)

    how = await asyncio.gather(*(comes(invites, token, number) for number in range(100, 120)))

    assert sorted(how) == [Redeemed.GONE] * 15 + [Redeemed.IN] * 5
    assert (await people.page(standing=Standing.ALLOWED, limit=50)).total == 5
    assert await invites.living() == ()


async def test_a_second_run_uses_nothing_more_and_finds_what_the_first_did(
    invites: InviteStore,
) -> None:
    token, _ = await made(invites, 1)
    runs = [await comes(invites, token, 100, "r") for _ in range(2)]
    assert runs == [Redeemed.IN, Redeemed.IN]
    assert await comes(invites, token, 101) is Redeemed.GONE


async def test_who_is_in_already_uses_nothing_up(invites: InviteStore) -> None:
    token, invite = await made(invites, 2)
    assert await comes(invites, token, 100, "first") is Redeemed.IN
    assert await comes(invites, token, 100, "again") is Redeemed.INSIDE
    (living,) = await invites.living()
    assert (living.digest, living.left, living.used) == (invite.digest, 1, 1)


async def test_who_is_banned_stays_out_and_uses_nothing_up(
    invites: InviteStore, people: PeopleStore
) -> None:
    token, _ = await made(invites, 1)
    await people.decide(UserId(100), Standing.BANNED, "Olga", unknown=True)
    assert await comes(invites, token, 100) is Redeemed.BANNED
    assert await comes(invites, token, 101) is Redeemed.IN


async def test_it_ends_when_its_time_is_over_or_it_is_revoked(
    invites: InviteStore, clock: HandClock
) -> None:
    (early, _), (token, invite) = await made(invites, None), await made(invites, None)
    assert await invites.revoke(invite.digest)
    assert not await invites.revoke(invite.digest)
    assert await comes(invites, token, 100) is Redeemed.GONE
    clock.forward(WEEK.total_seconds() + 1)
    assert await comes(invites, early, 100) is Redeemed.GONE
    assert await invites.living() == ()


async def test_the_store_keeps_no_token(invites: InviteStore, redis: Redis) -> None:
    token, invite = await made(invites, 1)
    kept = await redis.hgetall(keys.invite(invite.digest))
    assert len(token) == 16
    assert token not in str(kept) + str(await redis.keys())
