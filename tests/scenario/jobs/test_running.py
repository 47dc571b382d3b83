"""Jobs are taken in their order, by no more at once than may, and given back by whoever is lost."""

import asyncio

import pytest

from luka_bot.models.job import TRIES, Failure, JobState
from luka_bot.models.job_errors import JobLost, JobMoved
from luka_bot.storage.jobs import Move
from tests.scenario.jobs.desk import ADMIN, LEASE, TAM, Desk


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
