"""A command of the operator's does the job, in the person's folder, behind walls."""

import asyncio
import os
import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakValueDictionary

from luka_bot.config import Settings
from luka_bot.executors.listening import Heard, listen, plain
from luka_bot.executors.sandbox.disk import Unmeasurable, remove
from luka_bot.executors.sandbox.plan import Excess
from luka_bot.executors.sandbox.sandbox import Command, Sandbox
from luka_bot.locales import words_for
from luka_bot.models.job import Failure, Job, JobFile
from luka_bot.models.job_errors import FileRefused, JobFailed
from luka_bot.services.jobs.work import OUTPUT_LIMIT, Outcome, Tell, Work
from luka_bot.workspaces.workspaces import Section, Workspaces

NO_MEMORY = re.compile(r"out of memory|MemoryError|cannot allocate memory|bad_alloc", re.IGNORECASE)
_FAILURES = {Excess.MEMORY: Failure.MEMORY, Excess.OUTPUT: Failure.OUTPUT}


@dataclass(frozen=True, slots=True)
class Lines:
    """What is run, by type of job, and which of luka's environment it gets. timeout in seconds."""

    commands: Mapping[str, tuple[str, ...]]
    passed: Mapping[str, str]
    timeout: float

    @classmethod
    def of(cls, settings: Settings, environment: Mapping[str, str]) -> "Lines":
        jobs = settings.jobs
        commands = {
            name: tuple(shlex.split(kind.command or jobs.command))
            for name, kind in settings.kinds_of_jobs.items()
        }
        names = {"PATH", "LANG"} | {name.strip() for name in jobs.passed_env.split(",")}
        passed = {name: environment[name] for name in names if name in environment}
        defaults = {"PATH": os.defpath, "LANG": "C.UTF-8"}
        return cls(commands, defaults | passed, jobs.timeout)


class CommandExecutor:
    """describe: the job with its whole thread, as the command reads it."""

    def __init__(
        self,
        lines: Lines,
        sandbox: Sandbox,
        workspaces: Workspaces,
        describe: Callable[[Work], str],
    ) -> None:
        self._lines = lines
        self._sandbox = sandbox
        self._workspaces = workspaces
        self._describe = describe
        # One command at a time in a folder: its files are lent, and what is new there is its own.
        self._locks = WeakValueDictionary[str, asyncio.Lock]()

    async def run(self, work: Work, tell: Tell) -> Outcome:
        job = work.job
        argv = self._lines.commands.get(job.job_type, ())
        if not argv:
            raise JobFailed(Failure.COMMAND, "no command is configured (JOBS__COMMAND)")
        async with self._locks.setdefault(job.folder, asyncio.Lock()):
            try:
                return await self._done(work, argv, tell)
            except FileRefused as refused:
                raise JobFailed(Failure.OUTPUT, f"no room for {refused.name}") from refused
            except Unmeasurable as error:
                raise JobFailed(Failure.OUTPUT, str(error)) from error

    async def _done(self, work: Work, argv: tuple[str, ...], tell: Tell) -> Outcome:
        job = work.job
        folder = await self._workspaces.prepare(job.folder)
        before = await self._workspaces.snapshot(job.folder)
        asked = self._describe(work).encode("utf-8", "replace")
        command = Command(argv, self._environment(job, folder), folder, asked)
        try:
            heard = await self._heard(command, tell)
        finally:
            _mend(folder)
        _insist(heard)
        outputs = await self._workspaces.changed(job.folder, before)
        return await self._outcome(job, heard.said, outputs)

    async def _heard(self, command: Command, tell: Tell) -> Heard:
        limit = asyncio.timeout(self._lines.timeout)
        try:
            async with limit, self._sandbox.start(command) as running:
                return await listen(running, tell)
        except TimeoutError:
            if not limit.expired():
                raise
            raise JobFailed(Failure.TIME, f"{self._lines.timeout:g} s") from None

    def _environment(self, job: Job, folder: Path) -> dict[str, str]:
        given = {"HOME": str(folder), "LUKA_JOB_ID": str(job.id)}
        return {**self._lines.passed, **given, "LUKA_OUTPUTS": str(folder / Section.OUTPUTS)}

    async def _outcome(self, job: Job, said: bytes, outputs: tuple[JobFile, ...]) -> Outcome:
        """What can't be shown whole, or not as it is, is a file, too."""
        text = plain(said).strip()
        if len(text) <= OUTPUT_LIMIT and _is_text(said):
            return Outcome(text, outputs)
        file = await self._workspaces.write(job.folder, f"job_{job.id}_output.txt", said)
        note = words_for(job.language)("command.whole_text", file=file.name)
        head = text[: OUTPUT_LIMIT - len(note) - 2].rstrip()
        others = tuple(each for each in outputs if each.path != file.path)
        return Outcome(f"{head}\n\n{note}", (*others, file))


def _mend(folder: Path) -> None:
    """A command may have shut a section, or put a link there; nobody would get in any more."""
    for path in (folder, *(folder / section for section in Section)):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o700)
        elif os.path.lexists(path):
            remove(str(path))


def _insist(heard: Heard) -> None:
    """Raises JobFailed where it didn't end well."""
    end, last = heard.end, heard.last
    if end.excess is Excess.START:
        raise JobFailed(Failure.COMMAND, end.detail)
    if end.excess:
        raise JobFailed(_FAILURES[end.excess], last)
    if end.code and last.startswith("bwrap: "):
        raise JobFailed(Failure.COMMAND, last)
    if end.code and NO_MEMORY.search(last):
        raise JobFailed(Failure.MEMORY, last)
    if end.code:
        raise JobFailed(Failure.EXIT, f"code {end.code}: {last}" if last else f"code {end.code}")


def _is_text(said: bytes) -> bool:
    try:
        said.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in said
