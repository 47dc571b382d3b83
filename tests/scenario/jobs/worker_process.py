"""A worker as its own process, so that it can be killed: `main()` in a nursery's child.

Arguments: socket, name, lease. A job's text says what is to be done: see `hands.py`; `mark` writes
down in Redis who did it.
"""

import asyncio
import sys
import time
from pathlib import Path

from luka_bot.services.jobs.run import JobPulse
from luka_bot.services.jobs.work import Outcome, Tell, Work
from luka_bot.services.jobs.worker import JobWorker, WorkerRules
from luka_bot.storage.client import StorageKind
from luka_bot.storage.connect import connected, socket_pool
from luka_bot.storage.job_runs import JobRuns
from luka_bot.storage.jobs import JobStore
from tests.scenario.jobs.hands import Hands


class Named(Hands):
    """The worker called w1 never ends a job."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    async def run(self, work: Work, tell: Tell) -> Outcome:
        if self._name == "w1":
            await asyncio.Event().wait()
        return await super().run(work, tell)


async def work(socket: str, name: str, lease: float) -> None:
    rules = WorkerRules(name, 1, 60.0, JobPulse(lease, sign=lease / 10, sweep=0.1))
    async with connected(socket_pool(Path(socket)), StorageKind.ATTACHED) as storage:
        store, runs = JobStore(storage, time.time), JobRuns(storage, time.time)
        worker = JobWorker(store, runs, {"model": Named(name)}, rules)
        await worker.run(asyncio.Event(), 0.0)


def main() -> None:
    socket, name, lease = sys.argv[1:]
    asyncio.run(work(socket, name, float(lease)))
