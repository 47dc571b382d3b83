"""Everybody's files below one folder: the only way to them."""

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from luka_bot.models.clock import Clock
from luka_bot.models.job import JobFile
from luka_bot.models.job_errors import FileTooBig, QuotaFull, TooManyFiles
from luka_bot.workspaces import disk
from luka_bot.workspaces.kinds import HEAD, check_kind, decoded
from luka_bot.workspaces.names import clean, stamped
from luka_bot.workspaces.places import below, opened_file, opened_folder, parts_of

CHUNK = 1 << 16
SHARED = "shared"
CHANGED_MOST = 100  # files that one run is said to have left
BEYOND = 20_000  # files that are looked at in a folder that a command has filled
SECOND = 1_000_000_000  # ns

Snapshot = dict[str, tuple[int, int]]
"""Size and time of change (ns) of each file in outputs/, by its path."""


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
        """clock: seconds since the epoch. zone: in which files that come in are stamped."""
        self.root = root.absolute()
        self.limits = limits
        self._clock = clock
        self._zone = ZoneInfo(zone)

    async def prepare(self, folder: str) -> Path:
        """The folder with inputs, outputs and workflows, and shared/ with the same."""
        inside = parts_of(folder)
        await asyncio.to_thread(self._prepare, [inside, (SHARED,)])
        return self.root.joinpath(*inside)

    async def receive(
        self, folder: str, name: str, content: AsyncIterator[bytes], limit: int
    ) -> JobFile:
        """Into inputs/, as YYYYMMDD_HHMMSS_name. limit: bytes of this file.

        Raises FileTooBig, FileKind, QuotaFull, TooManyFiles; nothing of it is left then.
        """
        shown = clean(name)
        room = await self._room(folder, shown)
        section = (*parts_of(folder), Section.INPUTS.value)
        draft = await asyncio.to_thread(disk.begin, self.root, section)
        try:
            head = await self._fill(draft, shown, content, (limit, room))
            check_kind(shown, head, self.limits.endings)
            moment = datetime.fromtimestamp(self._clock(), UTC).astimezone(self._zone)
            kept = await asyncio.to_thread(disk.keep, draft, stamped(shown, moment))
        finally:
            disk.drop(draft)
        return JobFile(shown, "/".join((*section, kept)), draft.size)

    async def write(self, folder: str, name: str, content: bytes) -> JobFile:
        """Into outputs/, under this name (cleaned); an older one of the name is replaced.

        Raises QuotaFull, TooManyFiles."""
        shown = clean(name)
        if len(content) > await self._room(folder, shown):
            raise QuotaFull(shown, self.limits.quota)
        section = (*parts_of(folder), Section.OUTPUTS.value)
        await asyncio.to_thread(self._write, section, shown, content)
        return JobFile(shown, "/".join((*section, shown)), len(content))

    async def listed(self, folder: str) -> tuple[Shelved, ...]:
        """Newest first. Links and whatever is no plain file aren't shown."""
        return await asyncio.to_thread(self._listed, parts_of(folder))

    async def read(self, folder: str, path: str, limit: int) -> bytes:
        """Raises FileTooBig beyond limit bytes."""
        return await asyncio.to_thread(self._read, below(folder, path), limit)

    async def stream(self, folder: str, path: str) -> AsyncIterator[bytes]:
        """In chunks of 64 KB, of any size."""
        with opened_file(self.root, below(folder, path)) as file:
            while chunk := await asyncio.to_thread(os.read, file, CHUNK):
                yield chunk

    async def text(self, folder: str, path: str, limit: int) -> str | None:
        """Up to limit characters of a file of text, None if it is none."""
        data = await asyncio.to_thread(self._head, below(folder, path), limit * 4)
        found = decoded(data)
        return None if found is None else found[:limit]

    async def find(self, folder: str, path: str) -> JobFile:
        """What lies there; a plain file, or it raises."""
        return await asyncio.to_thread(disk.find, self.root, below(folder, path))

    async def delete(self, folder: str, path: str) -> None:
        await asyncio.to_thread(disk.delete, self.root, below(folder, path))

    async def clear(self, folder: str) -> None:
        """Of everything, for ever."""
        await asyncio.to_thread(disk.clear, self.root, folder)

    async def used(self, folder: str) -> int:
        """Bytes."""
        return (await asyncio.to_thread(self._weigh, parts_of(folder)))[0]

    async def snapshot(self, folder: str) -> Snapshot:
        return await asyncio.to_thread(self._snapshot, folder)

    async def changed(self, folder: str, before: Snapshot) -> tuple[JobFile, ...]:
        """What is new or other in outputs/ since; CHANGED_MOST files at most, newest first."""
        after = await self.snapshot(folder)
        new = [path for path, known in after.items() if before.get(path) != known]
        new.sort(key=lambda path: after[path][1], reverse=True)
        return tuple(
            JobFile(path.rpartition("/")[2], path, after[path][0]) for path in new[:CHANGED_MOST]
        )

    def _prepare(self, folders: list[tuple[str, ...]]) -> None:
        for inside in folders:
            for section in Section:
                with opened_folder(self.root, (*inside, section.value), make=True):
                    pass

    async def _room(self, folder: str, name: str) -> int:
        """Bytes that are left. Raises QuotaFull, TooManyFiles."""
        used, files = await asyncio.to_thread(self._weigh, parts_of(folder))
        if files >= self.limits.files:
            raise TooManyFiles(name, self.limits.files)
        if used >= self.limits.quota:
            raise QuotaFull(name, self.limits.quota)
        return self.limits.quota - used

    async def _fill(
        self, draft: disk.Draft, name: str, content: AsyncIterator[bytes], most: tuple[int, int]
    ) -> bytes:
        """Its first bytes. most: of this file, and of what the folder has room for."""
        limit, room = most
        head = b""
        async for chunk in content:
            if draft.size + len(chunk) > limit:
                raise FileTooBig(name, limit)
            if draft.size + len(chunk) > room:
                raise QuotaFull(name, self.limits.quota)
            head += chunk[: max(0, HEAD - len(head))]
            await asyncio.to_thread(disk.add, draft, chunk)
        return head

    def _write(self, section: tuple[str, ...], name: str, content: bytes) -> None:
        draft = disk.begin(self.root, section)
        try:
            disk.add(draft, content)
            disk.keep(draft, name, replace=True)
        finally:
            disk.drop(draft)

    def _listed(self, inside: tuple[str, ...]) -> tuple[Shelved, ...]:
        found = [
            Shelved(
                JobFile(one.path.rpartition("/")[2], one.path, one.size),
                section,
                one.modified / SECOND,
            )
            for section in Section
            for one in disk.walk(self.root, (*inside, section.value), self.limits.files + 1)
            if one.shown
        ]
        return tuple(sorted(found, key=lambda one: one.modified, reverse=True))

    def _read(self, parts: tuple[str, ...], limit: int) -> bytes:
        data = self._head(parts, limit + 1)
        if len(data) > limit:
            raise FileTooBig(parts[-1], limit)
        return data

    def _head(self, parts: tuple[str, ...], most: int) -> bytes:
        with opened_file(self.root, parts) as file, os.fdopen(os.dup(file), "rb") as reader:
            return reader.read(most)

    def _weigh(self, inside: tuple[str, ...]) -> tuple[int, int]:
        """Bytes, and files."""
        sizes = [one.size for one in disk.walk(self.root, inside, BEYOND)]
        return sum(sizes), len(sizes)

    def _snapshot(self, folder: str) -> Snapshot:
        section = (*parts_of(folder), Section.OUTPUTS.value)
        found = disk.walk(self.root, section, BEYOND)
        return {one.path: (one.size, one.modified) for one in found if one.shown}
