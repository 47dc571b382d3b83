"""Order where it matters: one lane runs its work one at a time, lanes run side by side."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from luka_bot.background import Background

Work = Callable[[], Awaitable[None]]


class Lanes:
    """A lane lives only as long as it has work, so their number is bounded by the work waiting."""

    def __init__(self, background: Background) -> None:
        self._background = background
        self._waiting: dict[str, deque[Work]] = {}
        self._running: dict[str, asyncio.Task[None]] = {}

    def put(self, lane: str, work: Work) -> None:
        """work handles its own errors: what it raises is logged and the lane goes on."""
        if lane in self._waiting:
            self._waiting[lane].append(work)
            return
        self._waiting[lane] = deque([work])
        self._running[lane] = self._background.spawn(f"lane {lane}", self._run(lane))

    async def quiet(self, lane: str, seconds: float) -> None:
        """Until all that stands in it has been worked on, or seconds are over."""
        if lane in self._running:
            await asyncio.wait({self._running[lane]}, timeout=seconds)

    def forget(self) -> None:
        """After the background was cancelled: a lane that had not begun yet couldn't end itself."""
        self._waiting.clear()
        self._running.clear()

    async def _run(self, lane: str) -> None:
        waiting = self._waiting[lane]
        try:
            while waiting:
                await self._background.spawn(f"work of {lane}", _once(waiting.popleft()))
        finally:
            del self._waiting[lane], self._running[lane]


async def _once(work: Work) -> None:
    await work()
