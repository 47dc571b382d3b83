"""Whose files are whose: people reach their own folder, admins everybody's."""

from collections.abc import Callable
from pathlib import PurePosixPath

from luka_bot.models.job_errors import FileGone, OutsideWorkspace
from luka_bot.models.person import Person
from luka_bot.models.rights import Action, may
from luka_bot.services.sessions import Visit
from luka_bot.workspaces.workspaces import Section, Shelved, Workspaces

FolderOf = Callable[[Person], str]


class Shelves:
    """quota: bytes of a folder. Raises what Workspaces does."""

    def __init__(self, workspaces: Workspaces, folder_of: FolderOf, quota: int) -> None:
        self.workspaces = workspaces
        self._folder_of = folder_of
        self.quota = quota

    def own(self, visit: Visit) -> str:
        return self._folder_of(visit.person)

    def folder(self, visit: Visit, path: str) -> str:
        """Where a file of this path belongs. Raises OutsideWorkspace for who may not see it, be it
        there or not, and FileGone where no file can be."""
        own = self.own(visit)
        if path.startswith(f"{own}/"):
            return own
        if not may(visit.rank, Action.SEE_ALL_JOBS):
            raise OutsideWorkspace(path)
        return _folder_in(path)

    def chosen(self, visit: Visit, named: str) -> str:
        """Their own where no other is named. Raises as `folder`."""
        return self.folder(visit, f"{named}/{Section.INPUTS}/-") if named else self.own(visit)

    async def room(self, visit: Visit) -> tuple[int, int]:
        """Bytes that are used, and that there are."""
        return await self.used(self.own(visit)), self.quota

    async def used(self, folder: str) -> int:
        await self.workspaces.prepare(folder)
        return await self.workspaces.used(folder)

    async def listed(self, folder: str) -> tuple[Shelved, ...]:
        return await self.workspaces.listed(folder)


def _folder_in(path: str) -> str:
    parts = path.split("/")
    sections = [index for index, part in enumerate(parts) if part in set(Section)]
    if not sections or not sections[0] or PurePosixPath(path).as_posix() != path:
        raise FileGone(path)
    if any(part in {"", ".", ".."} for part in parts) or "\0" in path or "\\" in path:
        raise FileGone(path)
    return "/".join(parts[: sections[0]])
