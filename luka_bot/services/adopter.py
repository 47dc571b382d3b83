"""Long works that outlive their process: one of us does each, others go on if that one dies."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Coroutine
from contextlib import suppress
from typing import Any, TypeVar

import structlog

from luka_bot.background import Background, unless
from luka_bot.models.errors import StorageAway
from luka_bot.storage.client import Storage
from luka_bot.storage.leases import Lease

LOOK_EVERY = 3.0  # s between two looks for what a dead process has left
LEASE_SECONDS = 15.0
RENEW_EVERY = 4.0  # s; three times before others take us for dead
ASK_AGAIN = 1.0  # s

T = TypeVar("T")

log = structlog.get_logger(__name__)


class Adopter:
    """Of works of one kind. waiting says which there are; work does one, until it is done.

    Where Redis goes away while one is done, it is begun again when Redis is back. One that fails
    through a fault of ours is left to the others: trying it again here would fail again.
    """

    def __init__(
        self,
        kind: str,
        storage: Storage,
        background: Background,
        waiting: Callable[[], Awaitable[Collection[str]]],
        work: Callable[[str], Coroutine[Any, Any, None]],
    ) -> None:
        self._kind = kind
        self._storage = storage
        self._background = background
        self._waiting = waiting
        self._work = work
        self._ours: set[str] = set()
        self._news = asyncio.Event()

    def look_now(self) -> None:
        """There is a new one."""
        self._news.set()

    async def run(self) -> None:
        while True:
            self._news.clear()
            try:
                for name in await self._waiting():
                    await self._take(name)
            except StorageAway:
                log.debug("adopter.storage_away", kind=self._kind)
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY):
                    await self._news.wait()

    async def _take(self, name: str) -> None:
        if name in self._ours:
            return
        lease = Lease(self._storage, f"{self._kind}:{name}", LEASE_SECONDS)
        if await lease.take() or await lease.inherit():
            self._ours.add(name)
            self._background.spawn(f"{self._kind} {name}", self._hold(name, lease))

    async def _hold(self, name: str, lease: Lease) -> None:
        lost = asyncio.Event()
        renewing = self._background.spawn(f"lease of {name}", _renew(lease, lost))
        try:
            await unless(lost, self._work(name))
            self._ours.discard(name)
        except StorageAway:
            self._ours.discard(name)
            log.info("adopter.storage_away", kind=self._kind)
        finally:
            renewing.cancel()
            with suppress(StorageAway):
                await lease.release()


async def until_stored(ask: Callable[[], Awaitable[T]]) -> T:
    """For what has happened already, and mustn't be forgotten because Redis is away."""
    while True:
        try:
            return await ask()
        except StorageAway:
            await asyncio.sleep(ASK_AGAIN)


async def _renew(lease: Lease, lost: asyncio.Event) -> None:
    """Sets lost when somebody else may go on with it."""
    loop = asyncio.get_running_loop()
    renewed = loop.time()
    while not lost.is_set():
        await asyncio.sleep(RENEW_EVERY)
        asked = loop.time()
        try:
            if not await lease.renew():
                lost.set()
            renewed = asked
        except StorageAway:
            if loop.time() - renewed >= LEASE_SECONDS - RENEW_EVERY:
                lost.set()
