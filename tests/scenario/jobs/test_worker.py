"""A worker takes jobs in their turn, and tells of each how it ended."""

import asyncio
import time

import pytest
from structlog.testing import capture_logs

from luka_bot.models.job import Failure, JobState, NewJob
from luka_bot.models.job_errors import JobLost, JobMoved
from luka_bot.services.jobs.work import OUTPUT_LIMIT
from luka_bot.storage.client import Storage
from luka_bot.storage.job_runs import JobRuns
from luka_bot.storage.jobs import JobStore, Move
from tests.metrics import Growth
from tests.redis_fixtures import HandClock
from tests.scenario.jobs.desk import LEASE, TAM, Desk
from tests.scenario.jobs.hands import Hands, at_work, until_ended
from tests.waiting import wait_until, wait_until_found


@pytest.fixture
def clock() -> HandClock:
    """A worker's own clock goes by itself."""
    clock = HandClock()
    clock.now = time.time()
    return clock


async def test_jobs_are_done_by_priority_and_age(desk: Desk, storage: Storage) -> None:
    old = await desk.approved()
    young = await desk.approved()
    urgent = await desk.approved(priority=9)
    growth = Growth()

    async with at_work(storage, Hands()) as shop:
        jobs = await until_ended(desk.store, old.id, young.id, urgent.id)

    assert shop.hands.begun == [urgent.id, old.id, young.id]
    assert [(job.state, job.output, job.tries) for job in jobs] == [
        (JobState.COMPLETED, f"done {job.id}", 1) for job in (old, young, urgent)
    ]
    assert growth.of("luka_jobs_ended_total", state="completed") == 3
    assert growth.of("luka_job_seconds_count") == 3


async def test_a_reply_is_done_with_its_whole_thread(desk: Desk, storage: Storage) -> None:
    first = await desk.completed("Five.")
    reply = await desk.approved(prompt="And pears?", parent=first.id)
    await desk.approved(prompt="Another's")

    async with at_work(storage, Hands()) as shop:
        await until_ended(desk.store, reply.id)

    work = shop.hands.works[0]
    assert [job.id for job in work.thread] == [first.id, reply.id]
    assert (work.job.id, work.thread[0].output) == (reply.id, "Five.")


async def test_over_all_workers_no_more_run_at_once_than_may(desk: Desk, storage: Storage) -> None:
    jobs = [await desk.approved() for _ in range(5)]
    hands = Hands()

    async with at_work(storage, hands), at_work(storage, hands, "w2"):
        await until_ended(desk.store, *[job.id for job in jobs])

    assert hands.most == 1
    assert sorted(hands.begun) == [job.id for job in jobs]


async def test_a_worker_does_as_many_beside_each_other_as_may(desk: Desk, storage: Storage) -> None:
    jobs = [await desk.approved(prompt="wait") for _ in range(3)]

    async with at_work(storage, Hands(), at_once=2) as shop:
        await wait_until(lambda: shop.hands.running == 2)
        shop.hands.gate.set()
        await until_ended(desk.store, *[job.id for job in jobs])

    assert shop.hands.most == 2


async def test_each_failure_is_told_and_the_worker_goes_on(desk: Desk, storage: Storage) -> None:
    prompts = ("fail", "fault", "wait", "long")
    ids = [(await desk.approved(prompt=prompt)).id for prompt in prompts]

    with capture_logs() as lines:
        async with at_work(storage, Hands(), seconds=0.3):
            failed, fault, late, long = await until_ended(desk.store, *ids)

    assert (failed.error, failed.error_detail) == (Failure.EXIT, "code 3: no such table")
    assert (fault.error, fault.error_detail) == (Failure.FAULT, "")
    assert [line["event"] for line in lines if line.get("exc_info")] == ["job.fault"]
    assert (late.error, late.error_detail) == (Failure.TIME, "0.3 s")
    assert {failed.state, fault.state, late.state} == {JobState.FAILED}
    assert long.state is JobState.COMPLETED
    assert len(long.output) == OUTPUT_LIMIT
    assert long.output.endswith("x\n\n[…]")


async def test_progress_is_shown_while_a_job_runs(desk: Desk, storage: Storage) -> None:
    job = await desk.approved(prompt="wait")

    async def is_shown() -> bool:
        return (await desk.store.get(job.id)).progress == "doing wait"

    async with at_work(storage, Hands()) as shop:
        await wait_until_found(is_shown)
        shop.hands.gate.set()
        [done] = await until_ended(desk.store, job.id)

    assert done.progress == ""


async def test_a_cancelled_job_stops_at_once(desk: Desk, storage: Storage) -> None:
    job = await desk.approved(prompt="wait")

    async with at_work(storage, Hands()) as shop:
        await wait_until(lambda: bool(shop.hands.begun))
        await desk.service.cancel(TAM, job.id, "stop")
        await wait_until(lambda: shop.hands.cancelled == [job.id])
        another = await desk.approved()
        await until_ended(desk.store, another.id)

    assert (await desk.store.get(job.id)).state is JobState.CANCELLED


async def test_a_worker_that_lost_its_job_stops_and_writes_nothing(
    desk: Desk, storage: Storage
) -> None:
    job = await desk.approved(prompt="wait")

    async with at_work(storage, Hands()) as shop:
        await wait_until(lambda: bool(shop.hands.begun))
        shop.stop.set()  # so that it doesn't take it a second time
        desk.clock.forward(2 * LEASE)
        assert await desk.runs.lapse() == ((job.id, JobState.APPROVED),)
        await desk.runs.claim("another", "w2", LEASE, 1)
        await wait_until(lambda: not shop.tasks.running)

    left = await desk.store.get(job.id)
    assert (left.state, left.worker, left.tries) == (JobState.PROCESSING, "w2", 2)
    assert shop.hands.ended == []


async def test_an_end_comes_too_late_for_a_job_that_is_anothers(desk: Desk) -> None:
    job = await desk.running("late")
    desk.clock.forward(2 * LEASE)
    await desk.runs.lapse()
    await desk.runs.claim("in time", "w2", LEASE, 1)
    end = Move(JobState.COMPLETED, token="late", request="late", fields={"output": "Six."})

    with pytest.raises(JobLost):
        await desk.store.move(job.id, end)

    in_time = Move(JobState.COMPLETED, token="in time", request="in time")
    assert (await desk.store.move(job.id, in_time))[1] is True
    assert (await desk.store.move(job.id, in_time))[1] is False
    with pytest.raises(JobMoved):
        await desk.store.move(job.id, Move(JobState.FAILED, token="in time", request="in time"))


async def test_a_stopped_worker_gives_its_job_back_and_that_costs_no_try(
    desk: Desk, storage: Storage
) -> None:
    job = await desk.approved(prompt="wait")

    async with at_work(storage, Hands()) as shop:
        await wait_until(lambda: bool(shop.hands.begun))
        await shop.stopped()

    back = await desk.store.get(job.id)
    assert (back.state, back.tries, back.worker) == (JobState.APPROVED, 0, "")
    assert shop.hands.cancelled == [job.id]
    again = await desk.runs.claim("next", "w2", LEASE, 1)
    assert again is not None
    assert again.id == job.id


async def test_a_stopped_worker_lets_its_job_end_and_takes_no_other(
    desk: Desk, storage: Storage
) -> None:
    job, other = await desk.approved(prompt="wait"), await desk.approved()

    async with at_work(storage, Hands(), grace=60.0) as shop:
        await wait_until(lambda: bool(shop.hands.begun))
        shop.stop.set()
        shop.hands.gate.set()
        await wait_until(lambda: not shop.tasks.running)

    assert (await desk.store.get(job.id)).state is JobState.COMPLETED
    assert (await desk.store.get(other.id)).state is JobState.APPROVED


async def test_a_job_whose_executor_nobody_has_fails(desk: Desk, storage: Storage) -> None:
    new = NewJob("old", TAM.user_id, TAM.name, "users/tam", "Build it")
    job, _ = await desk.store.create(new, JobState.APPROVED, "command", 5)

    async with at_work(storage, Hands()):
        [failed] = await until_ended(desk.store, job.id)

    assert (failed.error, failed.error_detail) == (
        Failure.COMMAND,
        "no worker does jobs of `command`",
    )


async def test_what_was_taken_is_not_taken_twice(desk: Desk) -> None:
    """An answer that was lost on its way is asked for once more."""
    job, _ = await desk.approved(), await desk.approved()

    claims = [await desk.runs.claim("run", "w1", LEASE, 2) for _ in range(2)]

    assert [claimed and (claimed.id, claimed.tries) for claimed in claims] == [(job.id, 1)] * 2


async def test_many_workers_at_once_take_each_job_once(desk: Desk, storage: Storage) -> None:
    for _ in range(5):
        await desk.approved()
    runs = JobRuns(storage, time.time)

    claims = await asyncio.gather(*[runs.claim(f"run {n}", "w", LEASE, 3) for n in range(8)])

    taken = [job.id for job in claims if job is not None]
    assert len(taken) == len(set(taken)) == 3
    assert (await JobStore(storage, time.time).stats()).counts[JobState.PROCESSING] == 3
