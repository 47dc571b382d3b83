"""Commands that do what they shouldn't, and what the person gets of it."""

import asyncio
import itertools
import os
import shutil
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import psutil

from luka_bot.config_fields.jobs import JobSettings
from luka_bot.executors.command import CommandExecutor, Lines
from luka_bot.executors.sandbox.abilities import Detected, detect, limits_of
from luka_bot.executors.sandbox.sandbox import Sandbox
from luka_bot.models.ids import JobId, UserId
from luka_bot.models.job import Failure, Job, JobState
from luka_bot.models.job_errors import JobFailed
from luka_bot.services.jobs.work import Outcome, Work
from luka_bot.workspaces.workspaces import WorkspaceLimits, Workspaces

MB = 1 << 20  # bytes
MEMORY, QUOTA, FILES, PROCESSES = 100, 8, 100, 24
SETTINGS = JobSettings(memory_mb=MEMORY, quota_mb=QUOTA, files=FILES, processes=PROCESSES)
KINDS = {  # what the machine is supposed not to have
    "bubblewrap": frozenset[str](),
    "kernel": frozenset({"bubblewrap"}),
    "limits": frozenset({"bubblewrap", "landlock", "filter"}),
}
PYTHON = shutil.which("python3", path="/usr/bin:/usr/local/bin") or ""
TOKEN = "123456:AAAA-token-of-luka"

_numbers = itertools.count(os.getpid() * 1000)


def detected(kind: str, root: Path) -> Detected:
    return asyncio.run(detect(SETTINGS, root, os.environ, without=KINDS[kind]))


@dataclass
class Desk:
    """A person at work. told: what they saw meanwhile."""

    found: Detected
    root: Path
    asked: str = "Do it."
    timeout: float = 30.0
    passed: dict[str, str] = field(default_factory=lambda: {"PATH": os.defpath})
    told: list[str] = field(default_factory=list)
    number: int = field(default_factory=lambda: next(_numbers))
    heard: Callable[[str], None] = lambda _: None

    @property
    def files(self) -> Workspaces:
        limits = WorkspaceLimits(QUOTA * MB, FILES, frozenset({"txt"}))
        return Workspaces(self.root, limits, time.time, "UTC")

    @property
    def folder(self) -> Path:
        return self.root / "users" / f"tam{self.number}"

    async def does(self, *argv: str) -> Outcome:
        lines = Lines({"general": argv}, self.passed, self.timeout)
        executor = CommandExecutor(lines, self.found.sandbox, self.files, lambda _: self.asked)
        return await executor.run(self._work(), self._tell)

    async def shell(self, script: str) -> Outcome:
        return await self.does("sh", "-c", script)

    async def fails(self, *argv: str) -> tuple[Failure, str]:
        try:
            outcome = await self.does(*argv)
        except JobFailed as failed:
            return failed.failure, failed.detail
        raise AssertionError(f"it went well: {outcome}")

    def left(self) -> list[psutil.Process]:
        """Processes of the job."""
        return [each for each in psutil.process_iter() if self._is_of_it(each)]

    def _is_of_it(self, process: psutil.Process) -> bool:
        try:
            return process.environ().get("LUKA_JOB_ID") == str(self.number)
        except (psutil.Error, OSError):
            return False

    async def _tell(self, line: str) -> None:
        self.told.append(line)
        self.heard(line)

    def _work(self) -> Work:
        job = Job(
            id=JobId(self.number),
            thread_id=JobId(self.number),
            owner=UserId(7),
            owner_name="tam",
            folder=f"users/tam{self.number}",
            prompt=self.asked,
            state=JobState.PROCESSING,
            created_at=0.0,
        )
        return Work(job, (job,))


def with_network(desk: Desk) -> Desk:
    """The same walls with a door in them."""
    limits, walls = limits_of(SETTINGS), desk.found.walls
    sandbox = Sandbox(walls, limits, desk.root, readable=(), network=True)
    return replace(desk, found=replace(desk.found, sandbox=sandbox))


def hurried(desk: Desk, seconds: float) -> Desk:
    return replace(desk, timeout=seconds)


async def cancelled_at_its_first_word(desk: Desk, job: Awaitable[Outcome]) -> None:
    """Ends with a TimeoutError."""
    async with asyncio.timeout(None) as limit:
        desk.heard = lambda _: limit.reschedule(0)  # long ago
        await job
