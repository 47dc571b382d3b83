"""Files come in: counted, looked into, and whole or not at all."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ParamSpec, TypeVar

from luka_bot.models.job_errors import FileKind, FileTooBig, QuotaFull
from luka_bot.workspaces.counting import Usage, WorkspaceLimits, check, size_of, usage
from luka_bot.workspaces.disk import Incoming, told_of
from luka_bot.workspaces.kinds import fits
from luka_bot.workspaces.names import ending
from luka_bot.workspaces.places import Parts, Section, made

T = TypeVar("T")
P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Arrival:
    """owner: the folder. name: cleaned. stamp: what its name begins with. limit: bytes."""

    owner: Parts
    name: str
    stamp: str
    limit: int


class Reception:
    def __init__(self, root: Path, limits: WorkspaceLimits) -> None:
        self._root = root
        self._limits = limits

    async def take(self, arrival: Arrival, content: AsyncIterator[bytes]) -> tuple[str, int]:
        """The name under which it lies in inputs/, and its size."""
        if ending(arrival.name) not in self._limits.endings:
            raise self._no_kind(arrival.name)
        incoming = Incoming(self._root, (*arrival.owner, Section.INPUTS))
        kept = False
        try:
            room = await self._on_disk(arrival.name, self._begin, incoming, arrival)
            size = await self._pour(incoming, arrival, content, room)
            name = await self._on_disk(arrival.name, self._keep, incoming, arrival)
            kept = True
        finally:
            # In a thread to its end, since one that was cancelled may still hold the file.
            await asyncio.shield(asyncio.to_thread(incoming.end, kept=kept))
            if isinstance(content, AsyncGenerator):
                await content.aclose()
        return name, size

    async def put(self, owner: Parts, name: str, content: bytes) -> None:
        """Into outputs/, in place of what has this name."""
        await self._on_disk(name, self._put, owner, name, content)

    def _begin(self, incoming: Incoming, arrival: Arrival) -> int:
        """Bytes that there is room for."""
        made(self._root, arrival.owner)
        counted = usage(self._root, arrival.owner)
        check(replace(counted, files=counted.files + 1), self._limits, arrival.name)
        incoming.begin()
        return self._limits.quota - counted.size

    async def _pour(
        self, incoming: Incoming, arrival: Arrival, content: AsyncIterator[bytes], room: int
    ) -> int:
        size = 0
        async for chunk in content:
            size += len(chunk)
            if size > arrival.limit:
                raise FileTooBig(arrival.name, arrival.limit)
            if size > room:
                raise QuotaFull(arrival.name, self._limits.quota)
            await self._on_disk(arrival.name, incoming.write, chunk)
        return size

    def _keep(self, incoming: Incoming, arrival: Arrival) -> str:
        if not fits(incoming.file, ending(arrival.name)):
            raise self._no_kind(arrival.name)
        # Again, for others come beside it, and what is half there counts: never is there too much,
        # though of two that overfill it together both may be refused.
        check(usage(self._root, arrival.owner), self._limits, arrival.name)
        return incoming.keep(arrival.stamp + arrival.name)

    def _put(self, owner: Parts, name: str, content: bytes) -> None:
        made(self._root, owner)
        folder = (*owner, Section.OUTPUTS)
        counted = usage(self._root, owner)
        old = size_of(self._root, folder, name)
        more = Usage(len(content) - (old or 0), 1 if old is None else 0)
        check(_sum(counted, more), self._limits, name)
        incoming = Incoming(self._root, folder)
        kept = False
        try:
            incoming.begin()
            incoming.write(content)
            incoming.replace(name)
            kept = True
        finally:
            incoming.end(kept=kept)

    async def _on_disk(
        self, name: str, work: Callable[P, T], *given: P.args, **named: P.kwargs
    ) -> T:
        with told_of(name, self._limits.quota):
            return await asyncio.to_thread(work, *given, **named)

    def _no_kind(self, name: str) -> FileKind:
        return FileKind(name, tuple(sorted(self._limits.endings)))


def _sum(one: Usage, other: Usage) -> Usage:
    return Usage(one.size + other.size, one.files + other.files, one.is_all)
