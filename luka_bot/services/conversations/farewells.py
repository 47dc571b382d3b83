"""Whoever was in a conversation hears that it is no more, whichever process closed it."""

import asyncio
from contextlib import suppress

from luka_bot.models.clock import Clock
from luka_bot.models.errors import StorageAway
from luka_bot.services.conversations.transport import Transport
from luka_bot.storage.chat.contract import ChatStorage

AGAIN = 60.0  # s; whoever is not told by then was left by a process that died
LOOK_EVERY = 30.0  # s between two looks where the bus brings nothing


class Farewells:
    """now: seconds since the epoch."""

    def __init__(self, storage: ChatStorage, transport: Transport, now: Clock) -> None:
        self._storage = storage
        self._transport = transport
        self._now = now
        self._news = asyncio.Event()

    def look(self) -> None:
        """Somebody is to be told."""
        self._news.set()

    async def run(self) -> None:
        while True:
            self._news.clear()
            with suppress(StorageAway):
                await self._tell()
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY):
                    await self._news.wait()

    async def _tell(self) -> None:
        while found := await self._storage.take_farewells(self._now(), self._now() + AGAIN):
            for one in found:
                await self._transport.farewell(one)
                await self._storage.told(one)
