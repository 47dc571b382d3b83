"""Workers that are killed: nobody's job is lost, none is done twice, and none kills for ever."""

import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from chaos.children import Child, born
from luka_bot.models.job import TRIES, Failure, JobState
from luka_bot.storage.client import Storage
from tests.metrics import Growth
from tests.process import ROOT
from tests.redis_fixtures import HandClock
from tests.scenario.jobs.desk import Desk
from tests.scenario.jobs.hands import Hands, at_work, until_ended
from tests.waiting import wait_until_found

LEASE = 2.0
SHORT_LEASE = 0.3  # of workers that live no longer


@pytest.fixture
def clock() -> HandClock:
    clock = HandClock()
    clock.now = time.time()
    return clock


@asynccontextmanager
async def worker(
    socket: Path, folder: Path, name: str, lease: float = LEASE
) -> AsyncIterator[Child]:
    arguments = (str(socket), name, str(lease))
    named = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    program = "tests.scenario.jobs.worker_process"
    with (folder / f"{name}.log").open("ab") as log:
        streams = (log.fileno(), log.fileno(), log.fileno())
        async with born(arguments, folder, named, streams, program) as child:
            yield child


async def test_another_worker_does_what_a_killed_one_had(
    desk: Desk, storage: Storage, redis_socket: Path, tmp_path: Path
) -> None:
    job = await desk.approved()
    growth = Growth()

    async def is_begun() -> bool:
        return (await desk.store.get(job.id)).worker == "w1"

    async with worker(redis_socket, tmp_path, "w1") as killed:
        await wait_until_found(is_begun)
        killed.send_signal(signal.SIGKILL)
        await killed.ended(10)
        async with at_work(storage, Hands(), "w2") as shop:
            [done] = await until_ended(desk.store, job.id)

    assert (done.state, done.output, done.tries) == (JobState.COMPLETED, f"done {job.id}", 2)
    assert shop.hands.begun == [job.id]
    assert growth.of("luka_job_lapses_total") == 1


async def test_a_job_that_ends_each_of_its_workers_has_failed(
    desk: Desk, redis_socket: Path, tmp_path: Path
) -> None:
    job = await desk.approved(prompt="exit")
    codes = []

    for number in range(TRIES):
        async with worker(redis_socket, tmp_path, f"killed{number}", SHORT_LEASE) as killed:
            codes.append(await killed.ended(30))
    async with worker(redis_socket, tmp_path, "last", SHORT_LEASE):
        [failed] = await until_ended(desk.store, job.id)

    assert codes == [9] * TRIES
    assert (failed.state, failed.error, failed.tries) == (JobState.FAILED, Failure.LOST, TRIES)
