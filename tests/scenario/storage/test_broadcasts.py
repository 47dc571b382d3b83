"""Whom a broadcast has still to reach, whichever process sends it."""

import pytest

from luka_bot.models.broadcast import Outcome
from luka_bot.models.ids import ChatId, MessageId, UserId
from luka_bot.models.overseer import Overseer
from luka_bot.models.person import FIRST_LOCAL, Access, Limits, Standing, Visitor
from luka_bot.storage.broadcasts import AnotherRun, Broadcasts
from luka_bot.storage.client import Storage
from luka_bot.storage.meeting import Arrival, Pace
from luka_bot.storage.people import PeopleStore
from tests.redis_fixtures import HandClock

OVERSEER = Overseer(UserId(9), "Olga", "en", ChatId(-1), None, MessageId(5))


@pytest.fixture
async def people(storage: Storage, clock: HandClock) -> PeopleStore:
    people = PeopleStore(storage, Pace(Access.OPEN, 0, Limits()), clock)
    for user_id in (7, 8, 9, FIRST_LOCAL):
        await people.meet(Arrival(Visitor(UserId(user_id), "Somebody")))
    return people


async def test_who_was_being_sent_to_at_a_kill_is_in_doubt_and_not_sent_to_again(
    storage: Storage, people: PeopleStore
) -> None:
    broadcasts = Broadcasts(storage)
    await people.decide(UserId(8), Standing.BANNED, "Olga")
    assert await broadcasts.reach() == 2
    await broadcasts.draft("u1", "words", UserId(9))
    await broadcasts.start("u1", OVERSEER, "tap")
    await broadcasts.adopt("u1", "killed")
    first = await broadcasts.next("u1", "killed", "0")
    assert await broadcasts.next("u1", "killed", "0") == first

    await broadcasts.adopt("u1", "after")
    second = await broadcasts.next("u1", "after", "0")
    await broadcasts.settle("u1", "after", "0", Outcome.DELIVERED)
    with pytest.raises(AnotherRun):
        await broadcasts.settle("u1", "killed", "0", Outcome.DELIVERED)

    assert {first, second} == {7, 9}
    assert await broadcasts.next("u1", "after", "1") is None
    found, _ = await broadcasts.get("u1")
    assert (found.delivered, found.doubtful, found.total) == (1, 1, 2)


@pytest.mark.usefixtures("people")
async def test_a_second_run_of_the_command_leaves_a_broadcast_as_it_is(storage: Storage) -> None:
    broadcasts = Broadcasts(storage)
    await broadcasts.draft("u1", "words", UserId(9))
    await broadcasts.start("u1", OVERSEER, "tap")

    await broadcasts.draft("u1", "words", UserId(9))
    await broadcasts.start("u1", OVERSEER, "tap")

    assert await broadcasts.under_way() == {"u1"}
    assert (await broadcasts.get("u1"))[0].total == 3
