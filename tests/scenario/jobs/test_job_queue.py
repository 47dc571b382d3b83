"""Tickets: a worker that looks for nothing by itself hears of jobs at once."""

import asyncio
import pickle
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from redis.asyncio import Redis

from luka_bot.background import Background
from luka_bot.models.ids import JobId
from luka_bot.models.job import JobState
from luka_bot.storage import keys
from luka_bot.storage.client import Storage, StorageKind
from luka_bot.storage.connect import in_memory
from luka_bot.storage.job_queue import JobQueue, Serve
from tests.redis_fixtures import HandClock
from tests.scenario.jobs.desk import ADMIN, Desk, desk_on
from tests.scenario.jobs.hands import TICKETS_ALONE, Hands, at_work, until_ended
from tests.waiting import wait_until_found

STREAM = f"{keys.TICKETS}:stream"


@asynccontextmanager
async def carrying(storage: Storage, redis: Redis, serve: Serve | None) -> AsyncIterator[JobQueue]:
    """Ready to send, and to be brought."""
    queue = JobQueue(storage, "")

    async def is_ready() -> bool:
        signs = await redis.exists(f"{keys.TICKETS}:workers")
        return bool(signs) if serve else queue.is_open

    async with Background() as tasks:
        tasks.spawn("carry", queue.carry("w1", serve, 1))
        await wait_until_found(is_ready)
        yield queue


async def test_a_ticket_brings_a_worker_to_its_job(
    desk: Desk, storage: Storage, redis: Redis
) -> None:
    async with (
        at_work(storage, Hands(), pulse=TICKETS_ALONE) as shop,
        carrying(storage, redis, shop.worker.serve) as queue,
    ):
        jobs = [await desk.approved() for _ in range(3)]
        for job in jobs:
            await queue.put(job)
        await until_ended(desk.store, *[job.id for job in jobs])

        async def all_are_gone() -> bool:
            return not await redis.xlen(STREAM)

        await wait_until_found(all_are_gone)

    assert shop.hands.begun == [job.id for job in jobs]
    assert await redis.keys(f"{keys.TICKETS}:runs:*") == []


async def test_a_ticket_says_no_more_than_which_job(
    desk: Desk, storage: Storage, redis: Redis
) -> None:
    job = await desk.approved(prompt="My secret")

    async with carrying(storage, redis, None) as queue:
        for _ in range(2):
            await queue.put(job)

    raw = Redis(unix_socket_path=storage.socket)
    found: list[tuple[bytes, dict[bytes, bytes]]] = await raw.xrange(STREAM)  # type: ignore[assignment]  # as without decoding
    await raw.aclose()
    [(_, fields)] = found
    assert fields[b"key"] == f"{job.id}:0".encode()
    assert pickle.loads(fields[b"args"]) == (job.id,)  # noqa: S301 - our own
    assert b"secret" not in b"".join(fields.values())


@pytest.mark.parametrize("auto", [False, True])
async def test_workers_are_told_once_of_each_job_that_may_begin(
    storage: Storage, clock: HandClock, *, auto: bool
) -> None:
    desk, told = desk_on(storage, clock, auto=auto), list[JobId]()
    desk.service.wake_by(lambda job: told.append(job.id))

    job = await desk.asked()
    if not auto:
        assert told == []
        for _ in range(2):
            await desk.service.approve(ADMIN, job.id, "the same tap")

    assert told == [job.id]


async def test_where_nothing_is_kept_there_are_no_tickets(desk: Desk) -> None:
    job = await desk.in_state(JobState.APPROVED)
    async with in_memory() as memory, asyncio.timeout(10):
        assert memory.kind is StorageKind.MEMORY
        queue = JobQueue(memory, "")
        await queue.carry("w1", None, 1)
        await queue.put(job)


def test_the_socket_is_known(storage: Storage, redis_socket: Path) -> None:
    assert storage.socket == str(redis_socket)
