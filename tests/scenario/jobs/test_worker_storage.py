"""Redis freezes, or ends, while a job is done: the job is done once all the same."""

import os
import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from luka_bot.models.job import JobState
from luka_bot.storage.client import Storage, StorageKind
from luka_bot.storage.connect import connected, socket_pool
from luka_bot.storage.embedded import embedded_server
from tests.redis_fixtures import HandClock
from tests.scenario.jobs.desk import Desk, desk_on
from tests.scenario.jobs.hands import Hands, at_work, until_ended
from tests.scenario.storage.servers import BINARY, back, killed, server_pid
from tests.waiting import wait_until


@pytest_asyncio.fixture
async def own(tmp_path: Path) -> AsyncIterator[Storage]:
    async with (
        embedded_server(BINARY, tmp_path) as socket,
        connected(socket_pool(socket), StorageKind.EMBEDDED) as storage,
    ):
        yield storage


@pytest.fixture
def alone(own: Storage) -> Desk:
    clock = HandClock()
    clock.now = time.time()
    return desk_on(own, clock)


async def test_a_job_that_ends_while_redis_is_frozen_is_written_down(
    alone: Desk, own: Storage
) -> None:
    job = await alone.approved(prompt="wait")
    pid = await server_pid(own)

    async with at_work(own, Hands()) as shop:
        await wait_until(lambda: bool(shop.hands.begun))
        os.kill(pid, signal.SIGSTOP)
        shop.hands.gate.set()
        await wait_until(lambda: shop.hands.ended == [job.id])
        os.kill(pid, signal.SIGCONT)
        [done] = await until_ended(alone.store, job.id)

    assert (done.state, done.output, done.tries) == (JobState.COMPLETED, f"done {job.id}", 1)
    assert shop.hands.begun == [job.id]


async def test_a_job_outlives_a_restart_of_redis(alone: Desk, own: Storage) -> None:
    ended_meanwhile = await alone.approved(prompt="wait")
    begun_after = await alone.approved()

    async with at_work(own, Hands()) as shop:
        await wait_until(lambda: bool(shop.hands.begun))
        await killed(own)
        shop.hands.gate.set()
        await wait_until(lambda: shop.hands.ended == [ended_meanwhile.id])
        await back(own)
        jobs = await until_ended(alone.store, ended_meanwhile.id, begun_after.id)

    assert [(job.state, job.tries) for job in jobs] == [(JobState.COMPLETED, 1)] * 2
    assert shop.hands.begun == [ended_meanwhile.id, begun_after.id]
