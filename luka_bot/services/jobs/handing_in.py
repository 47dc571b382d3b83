"""A job with its files: all of them are kept and it is handed in, or nothing is left."""

from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from luka_bot.models.errors import Refused
from luka_bot.models.job import FILES_LIMIT, Job, JobFile, NewJob, Viewer
from luka_bot.models.job_errors import TooManyFiles
from luka_bot.services.jobs.job_service import JobService
from luka_bot.workspaces.workspaces import Workspaces


@dataclass(frozen=True, slots=True)
class Incoming:
    """name: as its owner calls it. content: read once. limit: bytes."""

    name: str
    content: AsyncIterator[bytes]
    limit: int


class HandingIn:
    def __init__(self, service: JobService, workspaces: Workspaces) -> None:
        self._service = service
        self._workspaces = workspaces

    async def hand_in(
        self, viewer: Viewer, new: NewJob, incoming: AsyncIterator[Incoming]
    ) -> tuple[Job, bool]:
        """As `JobService.submit`. new.files: what lies in the owner's folder already.

        Raises what `submit` and `Workspaces.receive` do; one file that is refused refuses all.
        """
        if new.parent is not None:
            parent = await self._service.replied_to(viewer, new.parent)
            new = replace(new, folder=parent.folder)
        kept = await self._received(new, incoming)
        try:
            whole = replace(new, files=(*new.files, *kept))
            job, is_new = await self._service.submit(viewer, whole)
        except Refused:  # where Redis went away, the job may be there all the same
            await self._drop(new.folder, kept)
            raise
        await self._drop(new.folder, [file for file in kept if file not in job.files])
        return job, is_new

    async def _received(self, new: NewJob, incoming: AsyncIterator[Incoming]) -> list[JobFile]:
        """All of them or none."""
        kept: list[JobFile] = []
        try:
            async for one in incoming:
                if len(kept) + len(new.files) >= FILES_LIMIT:
                    raise TooManyFiles(one.name, FILES_LIMIT)
                kept.append(await self._receive(new.folder, one))
        except BaseException:
            await self._drop(new.folder, kept)
            raise
        return kept

    async def _receive(self, folder: str, one: Incoming) -> JobFile:
        return await self._workspaces.receive(folder, one.name, one.content, one.limit)

    async def _drop(self, folder: str, files: Sequence[JobFile]) -> None:
        for file in files:
            with suppress(Refused, OSError):
                await self._workspaces.delete(folder, file.path)
