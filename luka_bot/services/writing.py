"""An answer while it is being written."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from luka_bot.models.events import Cut, Delta, Finished, Notice, NoticeKind, TurnEvent
from luka_bot.models.turn import Turn


class Writing:
    """Collects what the model says; stop() ends it at once, even while the model is silent."""

    def __init__(self, turn: Turn) -> None:
        self.turn = turn
        self.trimmed = False
        self.ended = False  # its last word was told, though not yet all about it is settled
        self.kept = True  # False once the answer found no thread, or no question, to stay with
        self._parts: list[str] = []
        self._stopped = asyncio.Event()
        self._waiting: asyncio.Timeout | None = None

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def stop(self) -> None:
        """Again is no more than once."""
        if self._stopped.is_set():
            return
        self._stopped.set()
        if self._waiting is not None:
            self._waiting.reschedule(0)

    async def events(
        self, source: AsyncGenerator[TurnEvent, None]
    ) -> AsyncGenerator[TurnEvent, None]:
        """The source's events up to its Finished or Cut, or a Cut as soon as it was stopped.

        A model's error before the first text is raised as it is. The source is closed before its
        last event is told.
        """
        try:
            async with aclosing(self._collected(source)) as events:
                async for event in events:
                    yield event
        finally:
            self.ended = True

    async def _collected(
        self, source: AsyncGenerator[TurnEvent, None]
    ) -> AsyncGenerator[TurnEvent, None]:
        async with aclosing(source):
            while True:
                event = await self._next(source)
                match event:
                    case Delta(text):
                        self._parts.append(text)
                    case Notice(NoticeKind.HISTORY_TRIMMED):
                        self.trimmed = True
                    case Finished() | Cut():
                        await source.aclose()  # nobody waits for the model while this is told
                        self.ended = True
                        yield event
                        return
                yield event

    async def _next(self, source: AsyncGenerator[TurnEvent, None]) -> TurnEvent:
        if self._stopped.is_set():
            return Cut()
        try:
            async with asyncio.timeout(None) as self._waiting:
                return await anext(source)
        except TimeoutError:
            if self._stopped.is_set():
                return Cut()
            raise
        finally:
            self._waiting = None
