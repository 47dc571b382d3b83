"""One answer's events for several takers, each at its own pace."""

import asyncio
from collections.abc import AsyncGenerator

from luka_bot.models.errors import LukaError
from luka_bot.models.events import Cut, Finished, TurnEvent


class Withdrawn(LukaError):
    """The answer won't be given."""


class Tee:
    def __init__(self) -> None:
        self._events: list[TurnEvent] = []
        self._withdrawn = False
        self._more = asyncio.Event()

    @property
    def is_withdrawn(self) -> bool:
        return self._withdrawn

    def add(self, event: TurnEvent) -> None:
        self._events.append(event)
        self._wake()

    def withdraw(self) -> None:
        """Every taker hears Withdrawn."""
        self._withdrawn = True
        self._wake()

    async def replay(self) -> AsyncGenerator[TurnEvent, None]:
        """From the first event to Finished or Cut, however late somebody comes."""
        told = 0
        while True:
            more = self._more
            while told < len(self._events):
                event = self._events[told]
                told += 1
                yield event
                if isinstance(event, Finished | Cut):
                    return
            if self._withdrawn:
                raise Withdrawn
            if told == len(self._events) and more is self._more:
                await more.wait()

    def _wake(self) -> None:
        """Each wait has an event of its own: what was waited for stays true."""
        more, self._more = self._more, asyncio.Event()
        more.set()
