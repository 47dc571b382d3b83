"""A worker as a process of its own: `python -m bench.jobs.workers luka|bare SOCKET FOLDER`.

In FOLDER it makes `ready`, and waits for SIGUSR1; at its end, by SIGTERM, it writes the numbers of
what it did to `done`.
"""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from docket import Docket, Worker

from luka_bot.background import Background
from luka_bot.logs import configure_logs
from luka_bot.services.jobs.work import Outcome, Tell, Work
from luka_bot.services.jobs.worker import JobWorker, WorkerRules
from luka_bot.storage.client import StorageKind
from luka_bot.storage.connect import connected, socket_pool
from luka_bot.storage.job_queue import LOOKED, PLANNED, JobQueue
from luka_bot.storage.job_runs import JobRuns
from luka_bot.storage.jobs import JobStore

BARE = "bare"  # the name of pydocket's own tasks
AT_ONCE = 10  # of a worker
WORKERS = 4

Do = Callable[[str, list[int], asyncio.Event], Awaitable[None]]


class Nothing:
    """An Executor."""

    def __init__(self, done: list[int]) -> None:
        self._done = done

    async def run(self, work: Work, tell: Tell) -> Outcome:
        _ = tell
        self._done.append(work.job.id)
        return Outcome("")


async def luka(socket: str, done: list[int], stop: asyncio.Event) -> None:
    rules = WorkerRules(f"worker-{os.getpid()}", AT_ONCE * WORKERS, 60.0)
    async with connected(socket_pool(Path(socket)), StorageKind.ATTACHED) as storage:
        store, runs = JobStore(storage, time.time), JobRuns(storage, time.time)
        worker = JobWorker(store, runs, {"model": Nothing(done)}, rules)
        queue = JobQueue(storage, "")
        async with Background() as tickets:
            tickets.spawn("tickets", queue.carry(rules.name, worker.serve, AT_ONCE))
            await worker.run(stop, 5.0)


async def bare(socket: str, done: list[int], stop: asyncio.Event) -> None:
    async def nothing(number: int) -> None:
        done.append(number)

    async with Docket(name=BARE, url=f"unix://{socket}") as docket:
        docket.register(nothing)
        worker = Worker(
            docket,
            concurrency=AT_ONCE,
            minimum_check_interval=LOOKED,
            scheduling_resolution=PLANNED,
            schedule_automatic_tasks=False,
        )
        async with worker, Background() as tasks:
            tasks.spawn("bare", worker.run_forever())
            await stop.wait()


async def work(do: Do, socket: str, folder: Path) -> None:
    go, stop, done = asyncio.Event(), asyncio.Event(), list[int]()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGUSR1, go.set)
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    (folder / "ready").touch()
    await go.wait()
    await do(socket, done, stop)
    (folder / "done").write_text(json.dumps(done), "utf-8")


if __name__ == "__main__":
    configure_logs("warning")
    _, which, address, name = sys.argv
    asyncio.run(work({"luka": luka, "bare": bare}[which], address, Path(name)))
