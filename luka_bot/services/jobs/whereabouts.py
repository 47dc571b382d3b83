"""Where the files of a thread lie, and which of them are gone."""

from collections.abc import Sequence

from luka_bot.models.errors import Refused
from luka_bot.models.job import Job, JobFile
from luka_bot.services.jobs.context import Where
from luka_bot.workspaces.workspaces import Workspaces


async def whereabouts(workspaces: Workspaces, thread: Sequence[Job]) -> Where:
    """As of now."""
    pairs = [(job.folder, file) for job in thread for file in (*job.files, *job.outputs)]
    known = {file.path: await _where(workspaces, folder, file) for folder, file in pairs}
    return lambda file: known[file.path]


async def _where(workspaces: Workspaces, folder: str, file: JobFile) -> str:
    path = workspaces.root / file.path
    try:
        await workspaces.find(folder, file.path)
    except Refused:
        return f"{path} (not found)"
    return str(path)
