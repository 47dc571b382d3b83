"""What is measured: many jobs that wait already, and one after another."""

import asyncio
import json
import signal
import sys
import time
from asyncio.subprocess import DEVNULL
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from docket import Docket
from redis.asyncio import Redis

from bench.contender import BotFailed, ended
from bench.conversations.figures import Row, timed
from bench.jobs.workers import BARE, WORKERS
from luka_bot.background import Background
from luka_bot.models.ids import JobId, UserId
from luka_bot.models.job import Job, JobState, NewJob, Viewer
from luka_bot.services.jobs.job_service import JobRules, JobService
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.binary import server_binary
from luka_bot.storage.client import StorageKind
from luka_bot.storage.connect import connected, socket_pool
from luka_bot.storage.embedded import embedded_server
from luka_bot.storage.job_cards import JobCards
from luka_bot.storage.job_queue import JobQueue
from luka_bot.storage.jobs import JobStore
from luka_bot.storage.parent_death import dies_with_parent

ROOT = Path(__file__).parent.parent.parent
ADMIN = Viewer(UserId(1), "admin", is_admin=True)
LIMIT = 120.0  # s until all is done
LOOK = 0.02  # s between two looks
WARM_UP = 20

Span = tuple[float, float, float]
"""Seconds since the epoch: wanted, begun, ended."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """waiting: approved before a worker begins. single: one after another."""

    waiting: int = 1000
    single: int = 200


QUICK = Sizes(100, 20)


async def measure(sizes: Sizes, folder: Path, tell: Callable[[str], None]) -> list[Row]:
    """Raises BotFailed where a worker ends, and AssertionError where a job isn't done once."""
    binary = server_binary()
    assert binary is not None, "no server for this platform"
    async with embedded_server(binary, folder / "store") as socket:
        tell("pydocket alone")
        bare = await _bare(socket, folder, sizes)
        tell("luka's jobs")
        ours = await _ours(socket, folder, sizes)
    return [
        *_rows("pydocket alone, a task that does nothing", bare, sizes),
        *_rows("luka's jobs, an executor that does nothing", ours, sizes),
    ]


def _rows(group: str, spans: Sequence[Span], sizes: Sizes) -> list[Row]:
    many, single = spans[: sizes.waiting], spans[sizes.waiting + WARM_UP :]
    took = max(end for *_, end in many) - min(begun for _, begun, _ in many)
    name = f"{len(many):,} that wait, {WORKERS} workers"
    return [
        Row(group, f"{name}: each", 1000 * took / len(many)),
        Row(group, f"{name}: a second", len(many) / took, unit=""),
        timed(group, "one after another: to begun", [begun - want for want, begun, _ in single]),
        timed(group, "one after another: to done", [end - want for want, _, end in single]),
    ]


async def _ours(socket: Path, folder: Path, sizes: Sizes) -> list[Span]:
    async with (
        connected(socket_pool(socket), StorageKind.ATTACHED) as storage,
        Background() as tasks,
    ):
        store, queue = JobStore(storage, time.time), JobQueue(storage, "")
        most = sizes.waiting + sizes.single + WARM_UP
        rules = JobRules({"general": "model"}, auto=False, at_once=1, open_most=most)
        audit = AuditLog(storage, time.time)
        service = JobService(store, JobCards(storage), audit, rules)
        service.wake_by(lambda job: _put(tasks, queue, job))
        tasks.spawn("tickets", queue.carry("bench", None, 1))
        await _until(lambda: _is(queue.is_open))
        ids = [await _handed_in(service, number) for number in range(most)]
        for one in ids[: sizes.waiting]:
            await service.approve(ADMIN, one, f"{one}")

        async def spans() -> list[Span]:
            jobs = [await store.get(one) for one in ids]
            return [(job.decided_at, job.started_at, job.ended_at) for job in jobs]

        async def are_done(some: Sequence[JobId]) -> bool:
            return (await store.stats()).counts[JobState.COMPLETED] >= len(some)

        async with _workers("luka", socket, folder):
            await _until(lambda: are_done(ids[: sizes.waiting]))
            for number, one in enumerate(ids[sizes.waiting :], sizes.waiting + 1):
                await service.approve(ADMIN, one, f"{one}")
                await _until(partial(are_done, ids[:number]))
        _done_once(folder, "luka", ids)
        return await spans()


def _put(tasks: Background, queue: JobQueue, job: Job) -> None:
    tasks.spawn("ticket", queue.put(job))


async def _handed_in(service: JobService, number: int) -> JobId:
    new = NewJob(f"bench:{number}", UserId(7), "tam", "users/tam", "Nothing")
    job, _ = await service.submit(Viewer(UserId(7), "tam"), new)
    return job.id


async def _bare(socket: Path, folder: Path, sizes: Sizes) -> list[Span]:
    numbers = range(sizes.waiting + sizes.single + WARM_UP)

    async def nothing(number: int) -> None:
        raise AssertionError(number)

    async with (
        Docket(name=BARE, url=f"unix://{socket}") as docket,
        Redis(unix_socket_path=str(socket), decode_responses=True) as redis,
    ):
        add = docket.add
        for number in numbers[: sizes.waiting]:
            await add(nothing, key=f"{number}")(number)

        async def are_done(_: int = 0) -> bool:
            return not await redis.xlen(docket.stream_key)

        async with _workers("bare", socket, folder):
            await _until(are_done)
            for number in numbers[sizes.waiting :]:
                await add(nothing, key=f"{number}")(number)
                await _until(are_done)
        _done_once(folder, "bare", numbers)
        names = ("when", "started_at", "completed_at")
        runs = [await redis.hmget(docket.runs_key(f"{one}"), names) for one in numbers]
        found = [[str(text) for text in run] for run in runs]
        return [(float(when), _moment(begun), _moment(end)) for when, begun, end in found]


def _moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


@asynccontextmanager
async def _workers(which: str, socket: Path, folder: Path) -> AsyncIterator[None]:
    homes = [folder / f"{which}-{number}" for number in range(WORKERS)]
    processes = []
    try:
        for home in homes:
            home.mkdir()
            with (home / "log").open("ab") as log:
                processes.append(
                    await asyncio.create_subprocess_exec(
                        *(sys.executable, "-m", "bench.jobs.workers"),
                        *(which, str(socket), str(home)),
                        cwd=ROOT,
                        stdin=DEVNULL,
                        stdout=log,
                        stderr=log,
                        preexec_fn=dies_with_parent() if sys.platform == "linux" else None,
                    )
                )
        await _until(lambda: _is(all((home / "ready").exists() for home in homes)))
        for process in processes:
            process.send_signal(signal.SIGUSR1)
        yield
    finally:
        for process in processes:
            await ended(process)
    for home, process in zip(homes, processes, strict=True):
        if process.returncode:
            raise BotFailed(f"ended with {process.returncode}", home)


def _done_once(folder: Path, which: str, numbers: Sequence[int]) -> None:
    done = Counter[int]()
    for number in range(WORKERS):
        done.update(json.loads((folder / f"{which}-{number}" / "done").read_text("utf-8")))
    assert done == Counter(dict.fromkeys(numbers, 1)), "not each job was done once"


async def _is(well: object) -> bool:
    return bool(well)


async def _until(question: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(LIMIT):
        while not await question():  # noqa: ASYNC110 - processes have no event for us
            await asyncio.sleep(LOOK)
