"""Work for the model while nobody waits for it."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Iterator
from contextlib import contextmanager

from luka_bot.background import Background

WAITING_LIMIT = 100  # pieces of work; the oldest is given up then

Work = Callable[[], Awaitable[None]]


class SpareTime:
    """One piece at a time, and it gives way as soon as somebody asks; it begins anew after that."""

    def __init__(self, background: Background) -> None:
        self._background = background
        self._waiting: dict[Hashable, Work] = {}
        self._people = 0
        self._task: asyncio.Task[None] | None = None

    @contextmanager
    def given_up(self) -> Iterator[None]:
        """Inside, somebody is being answered."""
        self._people += 1
        if self._task is not None:
            self._task.cancel()
        try:
            yield
        finally:
            self._people -= 1
            self._begin()

    def offer(self, key: Hashable, work: Work) -> None:
        """Newer work under the same key takes the place of the older."""
        self._waiting[key] = work
        if len(self._waiting) > WAITING_LIMIT:
            del self._waiting[next(iter(self._waiting))]
        self._begin()

    def _begin(self) -> None:
        idle = self._task is None or self._task.done() or self._task.cancelling() > 0
        if self._waiting and not self._people and idle:
            self._task = self._background.spawn("spare time", self._run())

    async def _run(self) -> None:
        while self._waiting:
            key = next(iter(self._waiting))
            work = self._waiting.pop(key)
            try:
                await work()
            except asyncio.CancelledError:
                self._waiting.setdefault(key, work)
                raise
