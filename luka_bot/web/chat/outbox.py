"""What a socket has still to write: bounded, and what may be lost goes first."""

import asyncio
from collections import deque
from contextlib import suppress
from dataclasses import dataclass

from luka_bot.web.chat.counters import FRAMES_DROPPED

FRAMES = 1000
SIZE = 1_000_000  # characters


@dataclass(frozen=True, slots=True)
class Out:
    """number: of a message, 0 for whatever has none. passing: a growing answer, or who writes."""

    text: str
    number: int = 0
    passing: bool = False


@dataclass(frozen=True, slots=True)
class Ending:
    """How a socket is closed, once everything before it is written."""

    code: int
    reason: str = ""


class Outbox:
    """size: characters of all that waits together."""

    def __init__(self, frames: int = FRAMES, size: int = SIZE) -> None:
        self._frames = frames
        self._size = size
        self._waiting: deque[Out] = deque()
        self._held = 0
        self._news = asyncio.Event()
        self.ending: Ending | None = None

    def put(self, out: Out) -> bool:
        """False: it is full of what may not be lost. After finish nothing is taken any more."""
        if self.ending is not None:
            return True
        if not self._has_room(out):
            self._drop_passing()
        if not self._has_room(out):
            FRAMES_DROPPED.inc(out.passing)
            return out.passing
        self._waiting.append(out)
        self._held += len(out.text)
        self._news.set()
        return True

    def take(self) -> Out | None:
        if not self._waiting:
            return None
        out = self._waiting.popleft()
        self._held -= len(out.text)
        return out

    def finish(self, code: int, reason: str = "") -> None:
        """The first word holds."""
        if self.ending is None:
            self.ending = Ending(code, reason)
        self._news.set()

    async def wait(self, seconds: float) -> None:
        """Until there is something to write, or the time is over."""
        self._news.clear()
        if self._waiting or self.ending is not None:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._news.wait()

    def _has_room(self, out: Out) -> bool:
        return len(self._waiting) < self._frames and self._held + len(out.text) <= self._size

    def _drop_passing(self) -> None:
        kept = deque(one for one in self._waiting if not one.passing)
        FRAMES_DROPPED.inc(len(self._waiting) - len(kept))
        self._waiting = kept
        self._held = sum(len(one.text) for one in kept)
