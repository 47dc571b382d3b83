"""Long pastes and albums, which Telegram's apps send as several messages, become one again."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from luka_bot.ingest.package import Package

PATIENCE = 1.2  # s that a piece waits for the next one


@dataclass(slots=True)
class _Held:
    package: Package
    timer: asyncio.TimerHandle


class Joiner:
    """Holds a message that may go on until the next of its lane, or PATIENCE is over.

    The order within a lane stays; give gets each package once it is whole.
    """

    def __init__(self, give: Callable[[Package], None]) -> None:
        self._give = give
        self._held: dict[str, _Held] = {}

    def take(self, package: Package) -> None:
        held = self._held.pop(package.lane, None)
        if held is not None:
            held.timer.cancel()
            if held.package.goes_on_in(package):
                whole = held.package.with_more(package)
                self._hold_or_give(whole, goes_on=package.may_go_on and not whole.full)
                return
            self._give(held.package)
        self._hold_or_give(package, goes_on=package.may_go_on)

    def drop(self) -> None:
        """Forget what is held; it is still in the inbox."""
        for held in self._held.values():
            held.timer.cancel()
        self._held.clear()

    def _hold_or_give(self, package: Package, *, goes_on: bool) -> None:
        if not goes_on:
            self._give(package)
            return
        timer = asyncio.get_running_loop().call_later(PATIENCE, self._release, package.lane)
        self._held[package.lane] = _Held(package, timer)

    def _release(self, lane: str) -> None:
        self._give(self._held.pop(lane).package)
