"""Everybody's files below one folder: the only way to them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from luka_bot.models.clock import Clock
from luka_bot.models.job import JobFile


class Section(StrEnum):
    INPUTS = "inputs"
    OUTPUTS = "outputs"
    WORKFLOWS = "workflows"


@dataclass(frozen=True, slots=True)
class WorkspaceLimits:
    """quota: bytes of a folder. files: of a folder. endings: small, without a dot."""

    quota: int
    files: int
    endings: frozenset[str]


@dataclass(frozen=True, slots=True)
class Shelved:
    """A file as it lies there. modified: seconds since the epoch."""

    file: JobFile
    section: Section
    modified: float


class Workspaces:
    """folder: as Person.folder, such as users/tam; path: as JobFile.path. Every method that takes a
    path raises OutsideWorkspace where it leads out of that folder by whatever way (.., absolute, a
    link, NUL), and FileGone where nothing is there. Disk work runs in threads."""

    def __init__(self, root: Path, limits: WorkspaceLimits, clock: Clock, zone: str) -> None:
        self.root = root
        self.limits = limits
        _ = clock, zone

    async def prepare(self, folder: str) -> Path:
        """The folder with inputs, outputs and workflows, and shared/ with the same."""
        raise NotImplementedError

    async def receive(
        self, folder: str, name: str, content: AsyncIterator[bytes], limit: int
    ) -> JobFile:
        """Into inputs/, as YYYYMMDD_HHMMSS_name. limit: bytes of this file.

        Raises FileTooBig, FileKind, QuotaFull, TooManyFiles; nothing of it is left then.
        """
        raise NotImplementedError

    async def write(self, folder: str, name: str, content: bytes) -> JobFile:
        """Into outputs/, under this name (cleaned); an older one of the name is replaced."""
        raise NotImplementedError

    async def listed(self, folder: str) -> tuple[Shelved, ...]:
        """Newest first. Links and whatever is no plain file aren't shown."""
        raise NotImplementedError

    async def read(self, folder: str, path: str, limit: int) -> bytes:
        """Raises FileTooBig beyond limit bytes."""
        raise NotImplementedError

    def stream(self, folder: str, path: str) -> AsyncIterator[bytes]:
        """In chunks of 64 KB, of any size."""
        raise NotImplementedError

    async def text(self, folder: str, path: str, limit: int) -> str | None:
        """Up to limit characters of a file of text, None if it is none."""
        raise NotImplementedError

    async def find(self, folder: str, path: str) -> JobFile:
        """What lies there; a plain file, or it raises."""
        raise NotImplementedError

    async def delete(self, folder: str, path: str) -> None:
        raise NotImplementedError

    async def clear(self, folder: str) -> None:
        """Of everything, for ever."""
        raise NotImplementedError

    async def used(self, folder: str) -> int:
        """Bytes."""
        raise NotImplementedError
