"""Whoever does jobs, wired: in the bot's process, and in workers beside it."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from luka_bot.background import Background
from luka_bot.composition import Services, open_services
from luka_bot.config import Settings
from luka_bot.executors.command import CommandExecutor, Lines
from luka_bot.executors.sandbox.abilities import detect
from luka_bot.job_office import JobOffice, open_job_office
from luka_bot.model_jobs import model_executor
from luka_bot.models.errors import StorageAway
from luka_bot.models.job import Job, JobFile
from luka_bot.models.job_errors import NobodyRuns
from luka_bot.services.jobs.context import job_text
from luka_bot.services.jobs.work import Executor, Work
from luka_bot.services.jobs.worker import JobWorker, WorkerRules
from luka_bot.storage.connect import runs_beside
from luka_bot.storage.job_queue import JobQueue
from luka_bot.workspaces.workspaces import Workspaces

log = structlog.get_logger(__name__)


async def run_worker(settings: Settings, stop: asyncio.Event) -> None:
    """Jobs alone, in the store of a luka that runs, until stop is set.

    Raises NobodyRuns, DataDirUnusable.
    """
    if not settings.redis_url and not runs_beside(settings.data_dir):
        raise NobodyRuns(settings.data_dir)
    async with open_services(settings, attach=True) as services:
        office = open_job_office(settings, services)
        await _do_jobs(
            settings, services, office, JobQueue(services.storage, settings.redis_url), stop
        )
    log.info("worker.stopped")


@asynccontextmanager
async def open_worker(
    settings: Settings, services: Services, office: JobOffice, stop: asyncio.Event
) -> AsyncIterator[None]:
    """Workers hear at once of jobs that may be begun, and one of them is here, unless WORKER=0.

    Leaving, with stop set, lets running jobs end within shutdown_grace from then on.
    """
    queue = JobQueue(services.storage, settings.redis_url)
    async with Background() as tasks:
        office.service.wake_by(lambda job: _ring(tasks, queue, job))
        if not settings.worker:
            tasks.spawn("send tickets", queue.carry(_name(), None, 1))
            yield
            return
        working = tasks.spawn("do jobs", _do_jobs(settings, services, office, queue, stop))
        yield
        if stop.is_set():
            await asyncio.wait({working})


def _ring(tasks: Background, queue: JobQueue, job: Job) -> None:
    async def ring() -> None:
        try:
            await queue.put(job)
        except StorageAway:
            log.debug("job.without_ticket", job_id=job.id)

    tasks.spawn("send a ticket", ring())


async def _do_jobs(
    settings: Settings,
    services: Services,
    office: JobOffice,
    queue: JobQueue,
    stop: asyncio.Event,
) -> None:
    executors = await _executors(settings, services, office.workspaces)
    rules = WorkerRules(_name(), settings.max_concurrent_jobs, settings.jobs.timeout)
    worker = JobWorker(office.store, office.runs, executors, rules)
    log.info(
        "worker.started",
        executors=sorted(executors),
        at_once=rules.at_once,
        storage=services.storage.kind.value,
        workspaces=str(office.workspaces.root),
    )
    async with Background() as tickets:
        tickets.spawn("carry tickets", queue.carry(rules.name, worker.serve, rules.at_once))
        await worker.run(stop, settings.shutdown_grace)


async def _executors(
    settings: Settings, services: Services, workspaces: Workspaces
) -> dict[str, Executor]:
    """Trying what keeps commands in takes a moment, which is spent only where there are any."""
    made: dict[str, Executor] = {"model": model_executor(settings, services, workspaces)}
    if "command" in {kind.executor for kind in settings.kinds_of_jobs.values()}:
        found = await detect(settings.jobs, workspaces.root, os.environ, without=frozenset())
        found.say()
        lines = Lines.of(settings, os.environ)
        made["command"] = CommandExecutor(
            lines, found.sandbox, workspaces, lambda work: _described(work, workspaces)
        )
    return made


def _described(work: Work, workspaces: Workspaces) -> str:
    def where(file: JobFile) -> str:
        path = workspaces.root / file.path
        return str(path) if path.is_file() else f"{path} (not found)"

    return job_text(work.thread, where)


def _name() -> str:
    """As people and the log see a worker."""
    return f"{socket.gethostname()}:{os.getpid()}"
