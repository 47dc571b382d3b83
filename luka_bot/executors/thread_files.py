"""The files of a job's thread, as far as they are text."""

from dataclasses import dataclass
from enum import StrEnum

from luka_bot.executors import job_news
from luka_bot.models.ids import JobId
from luka_bot.models.job import JobFile
from luka_bot.models.job_errors import FileRefused
from luka_bot.services.jobs.work import Tell, Work
from luka_bot.workspaces.workspaces import Workspaces


class Kind(StrEnum):
    TEXT = "text"
    LONG = "long"  # text, of more than could be told at once
    OTHER = "other"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class ThreadFile:
    """text: whole, of a TEXT alone."""

    job_id: JobId
    file: JobFile
    kind: Kind
    text: str = ""


async def read_files(
    work: Work, workspaces: Workspaces, limit: int, tell: Tell
) -> tuple[ThreadFile, ...]:
    """All that were handed in with a job of the thread, oldest first. limit: characters of one."""
    found = []
    for job in work.thread:
        for file in job.files:
            await tell(job_news.reading(work.job, file.name))
            found.append(
                await _read(workspaces, job.folder, ThreadFile(job.id, file, Kind.OTHER), limit)
            )
    return tuple(found)


async def _read(workspaces: Workspaces, folder: str, found: ThreadFile, limit: int) -> ThreadFile:
    try:
        text = await workspaces.text(folder, found.file.path, limit + 1)
    except FileRefused:
        return ThreadFile(found.job_id, found.file, Kind.GONE)
    if text is None:
        return found
    if len(text) > limit:
        return ThreadFile(found.job_id, found.file, Kind.LONG)
    return ThreadFile(found.job_id, found.file, Kind.TEXT, text)
