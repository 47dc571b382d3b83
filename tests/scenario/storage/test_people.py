"""Who there is, on a real server."""

import asyncio

import pytest
from redis.asyncio import Redis

from luka_bot.models.ids import UserId
from luka_bot.models.people_errors import PersonGone
from luka_bot.models.person import Access, Limits, Standing, Visitor
from luka_bot.storage.client import Storage
from luka_bot.storage.meeting import Arrival, Pace, Verdict
from luka_bot.storage.people import Applied, PeopleStore
from tests.redis_fixtures import HandClock

ANNA = Visitor(UserId(7), "Anna", "Anna_K", "en")
BORIS = Visitor(UserId(8), "Борис", "boris", "ru")
DAY = 86_400.0


def people_of(storage: Storage, clock: HandClock, access: Access, **pace: object) -> PeopleStore:
    per_minute = int(str(pace.get("per_minute", 0)))
    limits = pace.get("limits", Limits())
    assert isinstance(limits, Limits)
    return PeopleStore(storage, Pace(access, per_minute, limits), clock)


@pytest.fixture
def people(storage: Storage, clock: HandClock) -> PeopleStore:
    return people_of(storage, clock, Access.APPROVAL)


async def test_where_anybody_may_talk_a_stranger_is_written_down(
    storage: Storage, clock: HandClock
) -> None:
    people = people_of(storage, clock, Access.OPEN)
    met = (await people.meet(Arrival(ANNA))).person

    assert (met.standing, met.name, met.username) == (Standing.ALLOWED, "Anna", "anna_k")
    assert await people.get(ANNA.user_id) == met
    assert await people.named("@ANNA_K") == ANNA.user_id


async def test_where_admins_let_people_in_nothing_is_kept_of_a_stranger(
    people: PeopleStore, redis: Redis
) -> None:
    met = (await people.meet(Arrival(ANNA, paced=False))).person

    assert met.standing is Standing.STRANGER
    assert await redis.keys() == []


async def test_an_application_grows_and_its_second_run_changes_nothing(people: PeopleStore) -> None:
    assert (await people.apply(BORIS, "", "m1"))[0] is Applied.NEW
    assert (await people.apply(BORIS, "", "m1"))[0] is Applied.NEW
    assert (await people.apply(BORIS, "Брат Анны", "m2"))[0] is Applied.MORE
    assert (await people.apply(BORIS, "Брат Анны", "m2"))[0] is Applied.MORE
    assert (await people.apply(BORIS, "", "m3"))[0] is Applied.WAITING
    assert (await people.get(BORIS.user_id)).words == "Брат Анны"


async def test_whoever_was_rejected_may_ask_again_a_day_later(
    people: PeopleStore, clock: HandClock
) -> None:
    await people.apply(BORIS, "", "m1")
    await people.decide(BORIS.user_id, Standing.REJECTED, "Olga", "q1")
    assert (await people.apply(BORIS, "", "m2"))[0] is Applied.EARLY
    clock.forward(DAY + 1)
    assert (await people.apply(BORIS, "", "m3"))[0] is Applied.NEW


async def test_of_twenty_who_decide_at_once_one_did(people: PeopleStore) -> None:
    await people.apply(BORIS, "", "m1")
    waiting = (Standing.WAITING,)
    decided = await asyncio.gather(
        *(
            people.decide(BORIS.user_id, Standing.ALLOWED, f"Admin {i}", f"q{i}", frm=waiting)
            for i in range(20)
        )
    )
    first = [one for one in decided if not one.already]

    assert len(first) == 1
    assert {one.person.decided_by for one in decided} == {first[0].person.decided_by}
    again = await people.decide(
        BORIS.user_id, Standing.ALLOWED, "x", await _request(people), frm=waiting
    )
    assert not again.already


async def _request(people: PeopleStore) -> str:
    """Whose tap it was, from who it was."""
    by = (await people.get(BORIS.user_id)).decided_by
    return by.replace("Admin ", "q")


async def test_an_update_that_comes_twice_is_counted_once(
    storage: Storage, clock: HandClock
) -> None:
    people = people_of(storage, clock, Access.OPEN, limits=Limits(messages=2))
    ends = clock() + DAY
    assert (await people.meet(Arrival(ANNA, name="1", counted=True))).verdict is Verdict.NEW_DAY
    for update, verdict in (("1", "OK"), ("1", "OK"), ("2", "OK"), ("3", "messages"), ("2", "OK")):
        met = await people.meet(Arrival(ANNA, name=update, counted=True, day_ends=ends))
        assert met.verdict == verdict
    assert (await people.usage(ANNA.user_id)).messages == 2
    clock.forward(DAY)
    assert (await people.usage(ANNA.user_id)).messages == 0
    assert (await people.meet(Arrival(ANNA, name="4", counted=True))).verdict is Verdict.NEW_DAY


async def test_a_person_s_own_limit_counts_before_the_operator_s(
    storage: Storage, clock: HandClock
) -> None:
    people = people_of(storage, clock, Access.OPEN, limits=Limits(messages=1))
    ends = clock() + DAY
    await people.meet(Arrival(ANNA))
    await people.update(ANNA.user_id, limit_messages="0")
    for update in "123":
        met = await people.meet(Arrival(ANNA, name=update, counted=True, day_ends=ends))
        assert met.verdict is Verdict.OK
        assert met.person.limits == Limits(messages=0)


async def test_a_pace_is_a_minute_s_worth_at_once_and_then_one_by_one(
    storage: Storage, clock: HandClock
) -> None:
    people = people_of(storage, clock, Access.OPEN, per_minute=6)
    verdicts = [(await people.meet(Arrival(ANNA))).verdict for _ in range(7)]
    assert verdicts == [Verdict.OK] * 6 + [Verdict.FLOOD]
    assert 0 < (await people.meet(Arrival(ANNA))).seconds <= 10
    assert (await people.meet(Arrival(ANNA, paced=False))).verdict is Verdict.OK
    clock.forward(10.1)
    assert (await people.meet(Arrival(ANNA))).verdict is Verdict.OK
    assert (await people.meet(Arrival(ANNA))).verdict is Verdict.FLOOD


async def test_what_comes_again_after_a_crash_is_not_held_to_the_pace_once_more(
    storage: Storage, clock: HandClock
) -> None:
    people = people_of(storage, clock, Access.OPEN, per_minute=2)
    ends = clock() + DAY
    tap, question = Arrival(ANNA, name="1"), Arrival(ANNA, name="2", counted=True, day_ends=ends)

    verdicts = [(await people.meet(one)).verdict for one in [tap, question] * 3]
    assert verdicts == [Verdict.OK] * 6
    assert (await people.meet(Arrival(ANNA, name="3"))).verdict is Verdict.FLOOD
    clock.forward(30.1)
    assert (await people.meet(Arrival(ANNA, name="3"))).verdict is Verdict.OK


async def test_pages_are_searched_in_any_script_and_filtered(people: PeopleStore) -> None:
    await people.meet(Arrival(ANNA, is_expected=True))
    await people.apply(BORIS, "", "m1")

    assert [one.name for one in (await people.page("БОР")).people] == ["Борис"]
    assert [one.name for one in (await people.page("@anna")).people] == ["Anna"]
    assert [one.name for one in (await people.page("8")).people] == ["Борис"]
    waiting = await people.page(standing=Standing.WAITING)
    assert ([one.name for one in waiting.people], waiting.total) == (["Борис"], 1)
    assert (await people.page(limit=1)).total == 2


async def test_a_name_of_telegram_leads_to_whoever_bears_it_now(people: PeopleStore) -> None:
    await people.meet(Arrival(ANNA, is_expected=True))
    renamed = Visitor(ANNA.user_id, "Anna", "anna_new", "en")
    await people.meet(Arrival(renamed, is_expected=True))

    assert await people.named("@anna_k") is None
    assert await people.named("@anna_new") == ANNA.user_id


async def test_nobody_is_made_by_writing_a_field(people: PeopleStore) -> None:
    with pytest.raises(PersonGone):
        await people.update(UserId(99), role="admin")
