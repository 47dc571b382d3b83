"""The only owner of tasks: whatever runs beside the main path is started, named and joined here."""

import asyncio
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self, TypeVar

import structlog

T = TypeVar("T")

log = structlog.get_logger(__name__)


class Background:
    """Tasks that belong together. Leaving the context cancels and awaits what still runs.

    A task that fails is logged whole and ends alone; it never takes its neighbours along.
    """

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        await self.cancel()

    def spawn(self, name: str, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(_logged(name, work), name=name)  # noqa: TID251 - the one owner
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        # Cancelled before its first step, the work would complain that nobody awaited it.
        task.add_done_callback(lambda _: work.close())
        return task

    @property
    def running(self) -> int:
        return len(self._tasks)

    async def drain(self, seconds: float) -> bool:
        """Wait for all to end by themselves; False if some still run when the time is over."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while self._tasks and (left := end - loop.time()) > 0:
            await asyncio.wait(self._tasks, timeout=left)
        return not self._tasks

    async def cancel(self) -> None:
        current = asyncio.current_task()
        while tasks := [task for task in self._tasks if task is not current]:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def let_end(work: Coroutine[Any, Any, T], seconds: float) -> T:
    """What work gives. If we are cancelled meanwhile, it may still end within seconds.

    Then its result isn't lost: the cancellation takes effect at the caller's next await.
    Cancelled a second time, work is cancelled at once.
    """
    task = asyncio.create_task(work)  # noqa: TID251 - the one owner
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await _end(task, seconds)
        if task.cancelled():
            raise
    if (current := asyncio.current_task()) is not None:
        current.uncancel()
        current.cancel()
    return task.result()


async def unless(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> None:
    """Work to its end, or until stop is set; then it is cancelled. Raises what work raised."""
    task = asyncio.create_task(work)  # noqa: TID251 - the one owner
    stopped = asyncio.create_task(stop.wait())  # noqa: TID251 - the one owner
    try:
        await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            task.result()
    finally:
        for each in (task, stopped):
            each.cancel()
        await asyncio.gather(task, stopped, return_exceptions=True)


async def beside(keeper: Coroutine[Any, Any, None], work: Coroutine[Any, Any, T]) -> T:
    """What work gives. keeper runs beside it and ends with it; if it fails, work is cancelled and
    its error is raised."""
    task = asyncio.create_task(work)  # noqa: TID251 - the one owner
    kept = asyncio.create_task(keeper)  # noqa: TID251 - the one owner
    try:
        await asyncio.wait({task, kept}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in (task, kept):
            each.cancel()
        ends = await asyncio.gather(task, kept, return_exceptions=True)
    for end in reversed(ends):
        if isinstance(end, Exception):
            raise end
    if task.cancelled():
        raise RuntimeError("cancelled by itself")
    return task.result()


async def _end(task: asyncio.Task[T], seconds: float) -> None:
    try:
        await asyncio.wait({task}, timeout=seconds)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _logged(name: str, work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except asyncio.CancelledError:
        raise
    except Exception:  # the last place that can tell of it
        log.exception("background.failed", task=name)
