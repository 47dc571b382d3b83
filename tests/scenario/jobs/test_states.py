"""A job goes from state to state as it may, and in no other way."""

import asyncio

import pytest

from luka_bot.models.audit import Entry, Event
from luka_bot.models.ids import JobId
from luka_bot.models.job import ENDED, MOVES, JobState
from luka_bot.models.job_errors import JobGone, JobMoved
from luka_bot.storage.client import Storage
from luka_bot.storage.job_forgetting import JobForgetting
from luka_bot.storage.jobs import Move
from tests.redis_fixtures import HandClock
from tests.scenario.jobs.desk import ADMIN, EVE, TAM, Desk, desk_on

FORBIDDEN = [
    (before, after)
    for before in JobState
    for after in JobState
    if after not in MOVES[before] and after is not JobState.PENDING
]


@pytest.mark.parametrize(("before", "after"), FORBIDDEN)
async def test_no_other_way_leads_from_a_state(
    desk: Desk, before: JobState, after: JobState
) -> None:
    """Among them failing what is completed, which the seed's own system allowed."""
    job = await desk.in_state(before)

    with pytest.raises(JobMoved) as refused:
        await desk.store.move(job.id, Move(after))

    assert refused.value.state is before
    assert await desk.store.get(job.id) == job


@pytest.mark.parametrize(
    ("before", "after"), [(before, after) for before in JobState for after in sorted(MOVES[before])]
)
async def test_each_way_that_leads_from_a_state(
    desk: Desk, before: JobState, after: JobState
) -> None:
    job = await desk.in_state(before)

    moved, now = await desk.store.move(job.id, Move(after))

    assert (moved.state, now) == (after, True)
    page = await desk.store.in_state(after, 0, 10)
    assert [one.id for one in page.jobs] == [job.id]
    assert (await desk.store.in_state(before, 0, 10)).total == 0
    assert moved.has_ended is (after in ENDED)
    assert (moved.ended_at > 0) is (after in ENDED)


async def test_of_two_admins_the_first_decides(desk: Desk) -> None:
    job = await desk.asked()

    said = await asyncio.gather(
        desk.service.approve(ADMIN, job.id, "tap 1"),
        desk.service.reject(ADMIN, job.id, "tap 2", "Too long"),
        return_exceptions=True,
    )

    refused = [one for one in said if isinstance(one, JobMoved)]
    assert [(one.by, one.job_id) for one in refused] == [("olga", job.id)]
    noted = [entry.event for entry in await _noted(desk)]
    assert noted in ([Event.JOB_APPROVED], [Event.JOB_REJECTED])


async def test_the_same_tap_again_changes_nothing(desk: Desk) -> None:
    job = await desk.asked()

    first, now = await desk.service.approve(ADMIN, job.id, "tap 1")
    again, once_more = await desk.service.approve(ADMIN, job.id, "tap 1")

    assert (now, once_more) == (True, False)
    assert again == first
    assert len(await _noted(desk)) == 1


async def test_auto_needs_no_admin(storage: Storage, clock: HandClock) -> None:
    desk = desk_on(storage, clock, auto=True)

    job = await desk.asked()

    assert job.state is JobState.APPROVED
    assert await desk.runs.ready()


async def test_what_changed_stays_untold_until_its_newest_version_is_told(desk: Desk) -> None:
    job = await desk.asked()
    approved, _ = await desk.service.approve(ADMIN, job.id, "tap")

    await desk.cards.told(job.id, job.version)
    assert await desk.cards.untold() == (job.id,)
    await desk.cards.told(job.id, approved.version)

    assert await desk.cards.untold() == ()
    assert (await desk.store.get(job.id)).told == approved.version


async def test_nothing_of_a_person_stays_in_jobs(
    desk: Desk, storage: Storage, clock: HandClock
) -> None:
    own = [await desk.completed(), await desk.asked()]
    others = await desk.asked(owner=EVE.user_id, owner_name="eve", folder="users/eve")
    await desk.service.approve(ADMIN, others.id, "tap")
    _ = clock
    forgetting = JobForgetting(storage, desk.store)

    await forgetting.forget(TAM.user_id)
    await forgetting.forget(ADMIN.user_id)

    for job in own:
        with pytest.raises(JobGone):
            await desk.store.get(job.id)
    assert (await desk.store.get(others.id)).decided_by == ""
    found = await storage.read(lambda redis: redis.keys("*jobs:7"))
    assert found == []
    assert (await desk.store.all(0, 10)).total == 1


async def test_numbers_are_never_used_again(desk: Desk) -> None:
    job = await desk.in_state(JobState.CANCELLED)
    await desk.service.remove(TAM, job.id)

    assert (await desk.asked()).id == JobId(job.id + 1)


async def _noted(desk: Desk) -> list[Entry]:
    entries = await desk.audit.last(50)
    return [entry for entry in entries if entry.event.value.startswith("job_")]
