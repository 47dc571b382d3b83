"""Waiting for something to become true in our Telegram."""

import asyncio
from collections.abc import Callable

from luka_bot.demo.telegram.happenings import Happening
from luka_bot.demo.telegram.world import World

LOOK_AGAIN = 0.1  # s; what a test waits for may also lie outside of our Telegram


class Watch:
    def __init__(self, world: World) -> None:
        self._waiting: set[asyncio.Future[None]] = set()
        world.listeners.append(self._wake)

    async def until(self, true: Callable[[], object], seconds: float) -> None:
        """Looked at after each change; a LookupError means not yet. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not _holds(true):
                await self._next_change()

    async def _next_change(self) -> None:
        change: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(change)
        try:
            await asyncio.wait({change}, timeout=LOOK_AGAIN)
        finally:
            self._waiting.discard(change)

    def _wake(self, _happening: Happening) -> None:
        for change in self._waiting:
            if not change.done():
                change.set_result(None)


def _holds(true: Callable[[], object]) -> bool:
    try:
        return bool(true())
    except LookupError:
        return False
