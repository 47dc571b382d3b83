"""A job goes from state to state as it may, and in no other way."""

import asyncio

import pytest

from luka_bot.models.audit import Entry, Event
from luka_bot.models.ids import JobId
from luka_bot.models.job import ENDED, MOVES, TRIES, Failure, JobState
from luka_bot.models.job_errors import JobGone, JobLost, JobMoved
from luka_bot.storage.client import Storage
from luka_bot.storage.job_forgetting import JobForgetting
from luka_bot.storage.jobs import Move
from tests.redis_fixtures import HandClock
from tests.scenario.jobs.desk import ADMIN, EVE, LEASE, TAM, Desk, desk_on

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
    ("before", "after"), [(before, after) for before in JobState for after in MOVES[before]]
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
    assert await desk.runs.has_ready()


async def test_the_highest_priority_goes_first_and_then_the_oldest(desk: Desk) -> None:
    low, usual, high, later = [await desk.approved(priority=priority) for priority in (2, 5, 9, 5)]

    waiting = await desk.store.in_state(JobState.APPROVED, 0, 10)
    taken = [await desk.runs.claim(f"run {turn}", "w1", LEASE, 9) for turn in range(4)]

    order = [high.id, usual.id, later.id, low.id]
    assert [job.id for job in waiting.jobs] == order
    assert [job.id for job in taken if job] == order
    assert await desk.runs.claim("run 5", "w1", LEASE, 9) is None


async def test_no_more_run_at_once_than_may(desk: Desk) -> None:
    for _ in range(3):
        await desk.approved()

    claims = (desk.runs.claim(f"run {turn}", f"w{turn}", LEASE, 1) for turn in range(8))
    taken = [job for job in await asyncio.gather(*claims) if job]

    assert len(taken) == 1
    await desk.ended(taken[0].id, JobState.COMPLETED)
    assert await desk.runs.claim("run 9", "w9", LEASE, 1) is not None


async def test_a_lost_worker_s_job_waits_for_another_and_fails_after_its_tries(desk: Desk) -> None:
    job = await desk.running("run 0")

    for turn in range(1, TRIES):
        desk.clock.forward(LEASE + 1)
        assert await desk.runs.lapse() == ((job.id, JobState.APPROVED),)
        with pytest.raises(JobLost):
            await desk.runs.renew(job.id, f"run {turn - 1}", LEASE)
        again = await desk.runs.claim(f"run {turn}", "w2", LEASE, 1)
        assert again is not None
        assert again.tries == turn + 1
    desk.clock.forward(LEASE + 1)
    assert await desk.runs.lapse() == ((job.id, JobState.FAILED),)

    ended = await desk.store.get(job.id)
    assert (ended.error, ended.tries) == (Failure.LOST, TRIES)
    assert await desk.runs.claim("run 9", "w3", LEASE, 1) is None


async def test_a_lease_that_is_renewed_holds(desk: Desk) -> None:
    job = await desk.running("run")

    for _ in range(3):
        desk.clock.forward(LEASE - 1)
        await desk.runs.renew(job.id, "run", LEASE, "half way")

    assert await desk.runs.lapse() == ()
    assert (await desk.store.get(job.id)).progress == "half way"


async def test_whoever_lost_a_job_can_t_end_it(desk: Desk) -> None:
    job = await desk.running("first")
    desk.clock.forward(LEASE + 1)
    await desk.runs.lapse()
    await desk.runs.claim("second", "w2", LEASE, 1)

    with pytest.raises(JobLost):
        await desk.store.move(job.id, Move(JobState.COMPLETED, token="first"))
    done, _ = await desk.store.move(job.id, Move(JobState.COMPLETED, token="second"))

    assert done.state is JobState.COMPLETED


async def test_a_cancelled_job_is_lost_to_its_worker(desk: Desk) -> None:
    job = await desk.running("run")

    await desk.service.cancel(TAM, job.id, "tap")

    with pytest.raises(JobLost):
        await desk.runs.renew(job.id, "run", LEASE)
    with pytest.raises(JobMoved):
        await desk.store.move(job.id, Move(JobState.COMPLETED, token="run"))


async def test_a_job_by_hand_is_no_worker_s_and_never_lapses(desk: Desk) -> None:
    job = await desk.approved(job_type="report")
    assert await desk.runs.claim("run", "w1", LEASE, 1) is None

    await desk.by_hand.start(ADMIN, job.id)
    desk.clock.forward(1_000_000)
    assert await desk.runs.lapse() == ()
    other = await desk.approved()
    taken = await desk.runs.claim("run", "w1", LEASE, 1)
    done = await desk.by_hand.complete(ADMIN, job.id, "By hand.")

    assert taken is not None
    assert taken.id == other.id  # what is done by hand takes no worker's place
    assert (done.state, done.output) == (JobState.COMPLETED, "By hand.")
    with pytest.raises(JobMoved):
        await desk.by_hand.fail(ADMIN, job.id, "Too late")


async def test_nobody_ends_by_hand_what_a_worker_does(desk: Desk) -> None:
    job = await desk.running("run")

    with pytest.raises(JobLost):
        await desk.by_hand.complete(ADMIN, job.id, "Mine")
    with pytest.raises(JobMoved):
        await desk.by_hand.start(ADMIN, job.id)

    assert (await desk.store.get(job.id)).state is JobState.PROCESSING


async def test_position_and_wait_are_told_from_what_was_measured(desk: Desk) -> None:
    first = await desk.approved()
    unmeasured = await desk.service.queued(first)
    await desk.runs.claim("run", "w1", LEASE, 1)
    desk.clock.forward(60)
    await desk.store.move(first.id, Move(JobState.COMPLETED, token="run"))
    await desk.running("next")
    waiting = [await desk.approved() for _ in range(2)]

    queued = [await desk.service.queued(job) for job in waiting]

    assert unmeasured is not None
    assert (unmeasured.position, unmeasured.seconds) == (1, 0.0)
    assert [(one.position, one.seconds) for one in queued if one] == [(1, 60.0), (2, 120.0)]
    assert await desk.service.queued(await desk.store.get(first.id)) is None


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
