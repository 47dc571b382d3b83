"""Everybody's files below one folder: the only way to them."""

import asyncio
import os
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import suppress
from datetime import datetime
from io import BufferedReader
from pathlib import Path
from zoneinfo import ZoneInfo

from luka_bot.models.clock import Clock
from luka_bot.models.job import JobFile
from luka_bot.models.job_errors import FileGone, FileTooBig
from luka_bot.workspaces import listing, places
from luka_bot.workspaces.counting import WorkspaceLimits, usage
from luka_bot.workspaces.decoding import decoded
from luka_bot.workspaces.listing import Shelved, Snapshot
from luka_bot.workspaces.names import cleaned
from luka_bot.workspaces.places import Section
from luka_bot.workspaces.receiving import Arrival, Reception
from luka_bot.workspaces.removal import cleared

__all__ = ["SHARED", "Section", "Shelved", "Snapshot", "WorkspaceLimits", "Workspaces"]

SHARED = "shared"
_CHUNK = 65_536
_LISTED_BESIDES = 100  # more than may be handed in: commands write files, too
_BYTES = 4  # of a character, at most


class Workspaces:
    """folder: as Person.folder, such as users/tam; path: as JobFile.path. Every method that takes a
    path raises OutsideWorkspace where it leads out of that folder by whatever way (.., absolute, a
    link, NUL), and FileGone where nothing is there. Disk work runs in threads."""

    def __init__(
        self, root: Path, limits: WorkspaceLimits, clock: Clock, time_zone: str = "UTC"
    ) -> None:
        """root: of all folders. clock: seconds since the epoch. time_zone: of moments in names."""
        self.root = root.absolute()
        self.limits = limits
        self._clock = clock
        self._zone = ZoneInfo(time_zone)
        self._reception = Reception(self.root, limits)

    async def prepare(self, folder: str) -> Path:
        """The folder with inputs, outputs and workflows, and shared/ with the same."""
        own = places.folder_parts(folder)
        await asyncio.to_thread(places.made, self.root, (SHARED,))
        await asyncio.to_thread(places.made, self.root, own)
        return self.root.joinpath(*own)

    async def receive(
        self, folder: str, name: str, content: AsyncIterator[bytes], limit: int
    ) -> JobFile:
        """Into inputs/, as YYYYMMDD_HHMMSS_name. limit: bytes of this file.

        Raises FileTooBig, FileKind, QuotaFull, TooManyFiles; nothing of it is left then.
        """
        own = places.folder_parts(folder)
        moment = datetime.fromtimestamp(self._clock(), self._zone)
        arrival = Arrival(own, cleaned(name), f"{moment:%Y%m%d_%H%M%S}_", limit)
        kept, size = await self._reception.take(arrival, content)
        return JobFile(arrival.name, "/".join((*own, Section.INPUTS, kept)), size)

    async def write(self, folder: str, name: str, content: bytes) -> JobFile:
        """Into outputs/, under this name (cleaned); an older one of the name is replaced.

        Raises QuotaFull, TooManyFiles.
        """
        own = places.folder_parts(folder)
        kept = cleaned(name)
        await self._reception.put(own, kept, content)
        return JobFile(kept, "/".join((*own, Section.OUTPUTS, kept)), len(content))

    async def listed(self, folder: str) -> tuple[Shelved, ...]:
        """Newest first. Links and whatever is no plain file aren't shown."""
        own = places.folder_parts(folder)
        most = self.limits.files + _LISTED_BESIDES
        return tuple(await asyncio.to_thread(listing.shelved, self.root, own, most))

    async def snapshot(self, folder: str) -> Snapshot:
        """What lies in outputs/ before a command runs."""
        own = places.folder_parts(folder)
        return await asyncio.to_thread(listing.snapshot, self.root, own)

    async def changed(self, folder: str, before: Snapshot) -> tuple[JobFile, ...]:
        """What is new or other in outputs/ since; plain files, at most 100, newest first."""
        own = places.folder_parts(folder)
        return await asyncio.to_thread(listing.changed, self.root, own, before)

    async def read(self, folder: str, path: str, limit: int) -> bytes:
        """Raises FileTooBig beyond limit bytes."""
        parts = places.path_parts(folder, path)
        content = await asyncio.to_thread(self._begun, parts, limit + 1)
        if len(content) > limit:
            raise FileTooBig(parts[-1], limit)
        return content

    async def stream(self, folder: str, path: str) -> AsyncGenerator[bytes, None]:
        """In chunks of 64 KB, of any size."""
        parts = places.path_parts(folder, path)
        file = await asyncio.to_thread(places.opened_file, self.root, parts)
        try:
            while chunk := await asyncio.to_thread(file.read, _CHUNK):
                yield chunk
        finally:
            file.close()

    async def text(self, folder: str, path: str, limit: int) -> str | None:
        """Up to limit characters of a file of text, None if it is none."""
        parts = places.path_parts(folder, path)
        text = decoded(await asyncio.to_thread(self._begun, parts, (limit + 1) * _BYTES))
        return None if text is None else text[:limit]

    async def find(self, folder: str, path: str) -> JobFile:
        """What lies there; a plain file, or it raises."""
        parts = places.path_parts(folder, path)
        size = await asyncio.to_thread(self._size, parts)
        section = parts[len(places.folder_parts(folder))]
        return JobFile(listing.shown_name(section, parts[-1]), path, size)

    async def delete(self, folder: str, path: str) -> None:
        parts = places.path_parts(folder, path)
        await asyncio.to_thread(places.removed, self.root, parts)

    async def clear(self, folder: str) -> None:
        """Of everything, for ever. Nothing may be there.

        Raises OSError where something can't be removed, or is written on and on."""
        await asyncio.to_thread(self._cleared, places.folder_parts(folder))

    async def used(self, folder: str) -> int:
        """Bytes."""
        own = places.folder_parts(folder)
        return (await asyncio.to_thread(usage, self.root, own)).size

    def _begun(self, parts: places.Parts, most: int) -> bytes:
        with self._opened(parts) as file:
            return file.read(most)

    def _size(self, parts: places.Parts) -> int:
        with self._opened(parts) as file:
            return os.fstat(file.fileno()).st_size

    def _opened(self, parts: places.Parts) -> BufferedReader:
        return places.opened_file(self.root, parts)

    def _cleared(self, own: places.Parts) -> None:
        with suppress(FileGone), places.opened_folder(self.root, own[:-1]) as above:
            cleared(above, own[-1])
