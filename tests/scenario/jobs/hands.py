"""Workers with an executor that does what a job's text says."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from luka_bot.background import Background
from luka_bot.models.ids import JobId
from luka_bot.models.job import Failure, Job
from luka_bot.models.job_errors import JobFailed
from luka_bot.services.jobs.run import JobPulse
from luka_bot.services.jobs.work import OUTPUT_LIMIT, Outcome, Tell, Work
from luka_bot.services.jobs.worker import JobWorker, WorkerRules
from luka_bot.storage.client import Storage
from luka_bot.storage.job_runs import JobRuns
from luka_bot.storage.jobs import JobStore
from tests.waiting import wait_until, wait_until_found

QUICK = JobPulse(lease=15.0, sign=0.02, sweep=0.05)
TICKETS_ALONE = JobPulse(sweep=3600.0)


@dataclass
class Hands:
    """An Executor. `wait` waits for the gate; `fail`, `fault`, `long`, `exit` are what they say."""

    gate: asyncio.Event = field(default_factory=asyncio.Event)
    begun: list[JobId] = field(default_factory=list)
    ended: list[JobId] = field(default_factory=list)
    cancelled: list[JobId] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    running: int = 0
    most: int = 0

    async def run(self, work: Work, tell: Tell) -> Outcome:
        self.begun.append(work.job.id)
        self.works.append(work)
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            await tell(f"doing {work.job.prompt}")
            output = await self._done(work.job)
        except asyncio.CancelledError:
            self.cancelled.append(work.job.id)
            raise
        finally:
            self.running -= 1
        self.ended.append(work.job.id)
        return Outcome(output)

    async def _done(self, job: Job) -> str:
        match job.prompt:
            case "wait":
                await self.gate.wait()
            case "fail":
                raise JobFailed(Failure.EXIT, "code 3: no such table")
            case "fault":
                raise ValueError(job.id)
            case "long":
                return "x" * (OUTPUT_LIMIT + 1)
            case "exit":
                os._exit(9)
        await asyncio.sleep(0)
        return f"done {job.id}"


@dataclass
class Shop:
    """A worker at work. stop: as SIGTERM does it."""

    worker: JobWorker
    hands: Hands
    stop: asyncio.Event
    tasks: Background

    async def stopped(self) -> None:
        self.stop.set()
        await wait_until(lambda: not self.tasks.running)


@asynccontextmanager
async def at_work(
    storage: Storage,
    hands: Hands,
    name: str = "w1",
    *,
    at_once: int = 1,
    seconds: float = 60.0,
    grace: float = 0.0,
    pulse: JobPulse = QUICK,
) -> AsyncIterator[Shop]:
    store, runs = JobStore(storage, time.time), JobRuns(storage, time.time)
    rules = WorkerRules(name, at_once, seconds, pulse)
    worker = JobWorker(store, runs, {"model": hands}, rules)
    async with Background() as tasks:
        stop = asyncio.Event()
        tasks.spawn("work", worker.run(stop, grace))
        yield Shop(worker, hands, stop, tasks)


async def until_ended(store: JobStore, *job_ids: JobId) -> list[Job]:
    async def all_have() -> bool:
        return all([(await store.get(one)).has_ended for one in job_ids])

    await wait_until_found(all_have)
    return [await store.get(one) for one in job_ids]
