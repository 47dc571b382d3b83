"""Jobs as their pages show them."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote

from aiohttp import web
from markupsafe import Markup

from luka_bot.locales import Words
from luka_bot.locales.job_refusals import job_failure
from luka_bot.models.ids import JobId
from luka_bot.models.job import Job, JobFile, JobState, Queued, Viewer
from luka_bot.models.job_errors import FileRefused, JobGone
from luka_bot.models.rights import Rank
from luka_bot.services.jobs.job_service import JobService
from luka_bot.services.sessions import Visit
from luka_bot.web.jobs.markdown import rendered
from luka_bot.workspaces.workspaces import Workspaces

ID_LENGTH = 15  # digits; Redis counts further, but nobody has as many jobs


@dataclass(frozen=True, slots=True)
class SeenFile:
    """where: its full path for admins, for others the one below the folder of all workspaces."""

    file: JobFile
    where: str
    is_there: bool

    @property
    def link(self) -> str:
        return link_to(self.file.path)


@dataclass(frozen=True, slots=True)
class SeenJob:
    """queued: where it waits, None if it doesn't. failure: why it failed, in a sentence."""

    job: Job
    queued: Queued | None = None
    failure: str = ""
    output: Markup = field(default_factory=Markup)
    files: tuple[SeenFile, ...] = ()
    outputs: tuple[SeenFile, ...] = ()

    @property
    def verbs(self) -> tuple[str, ...]:
        """What its owner or an admin may do with it now."""
        state = self.job.state
        return (
            *(("reply",) if state is JobState.COMPLETED else ()),
            *(("edit",) if state is JobState.PENDING else ()),
            *(("delete",) if self.job.has_ended else ("cancel",)),
        )


class Viewing:
    def __init__(self, service: JobService, workspaces: Workspaces) -> None:
        self._service = service
        self._workspaces = workspaces

    async def listed(self, jobs: Iterable[Job]) -> list[SeenJob]:
        return [SeenJob(job, await self._service.queued(job)) for job in jobs]

    async def thread(self, visit: Visit, words: Words, job_id: JobId) -> list[SeenJob]:
        """Raises JobGone, NotYourJob."""
        viewer = viewer_of(visit)
        jobs = await self._service.thread(viewer, job_id)
        return [await self.whole(viewer, words, job) for job in jobs]

    async def whole(self, viewer: Viewer, words: Words, job: Job) -> SeenJob:
        return SeenJob(
            job,
            await self._service.queued(job),
            job_failure(words, job),
            await asyncio.to_thread(rendered, job.output),
            await self.files(viewer, job.folder, job.files),
            await self.files(viewer, job.folder, job.outputs),
        )

    async def files(
        self, viewer: Viewer, folder: str, files: Iterable[JobFile]
    ) -> tuple[SeenFile, ...]:
        return tuple([await self._file(viewer, folder, file) for file in files])

    async def _file(self, viewer: Viewer, folder: str, file: JobFile) -> SeenFile:
        where = str(self._workspaces.root / file.path) if viewer.is_admin else file.path
        try:
            await self._workspaces.find(folder, file.path)
        except FileRefused:
            return SeenFile(file, where, is_there=False)
        return SeenFile(file, where, is_there=True)


def viewer_of(visit: Visit) -> Viewer:
    return Viewer(visit.person.user_id, visit.name, visit.rank is Rank.ADMIN)


def job_asked(request: web.Request) -> JobId:
    """Raises JobGone for what can be no job's number."""
    return job_named(request.match_info["job"])


def job_named(text: str) -> JobId:
    if not (text.isascii() and text.isdecimal() and len(text) <= ID_LENGTH):
        raise JobGone(JobId(0))
    return JobId(int(text))


def link_to(path: str) -> str:
    """Where a file can be downloaded."""
    return f"/jobs/files/{quote(path)}"
