"""Staying connected: connect, resume, say again what wasn't acknowledged, and so on."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

from luka_bot.client.acks import WITHIN, Acks
from luka_bot.client.backoff import Backoff
from luka_bot.client.errors import BadFrame, ChatError, Ended, Later, Removed, Unauthorized
from luka_bot.client.hearing import Hearing
from luka_bot.client.outbox import Outbox, Pending
from luka_bot.client.replies import Position
from luka_bot.client.times import Times
from luka_bot.client.wire import Dropped, Wire

SILENT_INTERVALS = 2  # of luka's pings, after which a silent socket counts as broken
_FOR_GOOD: dict[int, type[ChatError]] = {4400: BadFrame, 4401: Unauthorized, 4403: Removed}

Dial = Callable[[Position | None], AbstractAsyncContextManager[Wire]]


@dataclass(frozen=True, slots=True)
class Ears:
    """What a talk has heard and still has to say, over all its connections."""

    hearing: Hearing
    outbox: Outbox
    acks: Acks


class Keeping:
    def __init__(self, dial: Dial, ears: Ears, backoff: Backoff, times: Times) -> None:
        self._dial = dial
        self._ears = ears
        self._backoff = backoff
        self._times = times
        self._wire: Wire | None = None
        self._wish = 0.0
        self._is_leaving = False
        self._entered = asyncio.Event()

    async def connected(self) -> None:
        """Until luka has welcomed us once. Raises what makes that impossible."""
        await self._entered.wait()
        if not self._ears.hearing.me and self._ears.hearing.ended is not None:
            raise self._ears.hearing.ended

    async def run(self) -> None:
        """Until it is cancelled, or can't go on: then the talk's end says why."""
        end: ChatError | None = None
        try:
            while not self._is_leaving:
                await self._times.sleep(self._backoff.next(self._wish))
                await self._connect()
        except ChatError as error:
            end = error
        finally:
            self._ears.hearing.end(end)
            self._ears.outbox.end(end or Ended())
            self._entered.set()

    async def say(self, frame: dict[str, Any]) -> bool:
        """False where there is no connection at this moment."""
        return self._wire is not None and await self._wire.say(frame)

    async def say_pending(self, pending: Pending) -> None:
        """If not now, then after the next handshake."""
        wire = self._wire
        if wire is not None and pending.said_on is not wire:
            pending.said_on = wire
            await wire.say(pending.frame)

    async def leave(self) -> None:
        """The end that follows is no loss."""
        self._is_leaving = await self.say({"type": "leave"})

    async def acknowledge(self, *, last: bool = False) -> None:
        acks = self._ears.acks
        heard = acks.rest() if last else acks.due()
        if heard is not None and await self.say({"type": "ack", "sequence_id": heard}):
            acks.told()

    async def _connect(self) -> None:
        """One connection, until it breaks. Raises what makes it useless to try again."""
        self._wish = 0.0
        begun: float | None = None
        try:
            async with self._dial(self._ears.hearing.position) as wire:
                begun = self._times.now()
                await self._listen(wire)
        except Later as error:
            self._wish = error.retry_after
        except Dropped as dropped:
            self._check(dropped)
        finally:
            self._wire = None
            if begun is not None:
                self._backoff.stood(self._times.now() - begun)

    async def _listen(self, wire: Wire) -> None:
        while True:
            seconds = min(wire.patience, WITHIN)
            if seconds <= 0:
                raise Dropped(1006)
            try:
                frame = await wire.hear(seconds)
            except TimeoutError:
                frame = None
            if frame is not None:
                await self._hear(wire, frame)
            await self.acknowledge()

    async def _hear(self, wire: Wire, frame: dict[str, Any]) -> None:
        match frame.get("type"):
            case "welcome":
                await self._begin(wire, frame)
            case "bye":
                self._wish = float(frame.get("delay_ms", 0)) / 1000
            case "ack" | "error" if self._ears.outbox.hear(frame):
                pass
            case kind:
                self._is_leaving = self._is_leaving and kind != "error"  # we may not
                self._ears.hearing.hear(frame)

    async def _begin(self, wire: Wire, frame: dict[str, Any]) -> None:
        wire.silence_limit = SILENT_INTERVALS * float(frame.get("heartbeat", 30))
        self._ears.hearing.welcome(frame)
        self._wire = wire
        self._entered.set()
        for pending in self._ears.outbox.to_say():
            await self.say_pending(pending)

    def _check(self, dropped: Dropped) -> None:
        if not self._is_leaving and dropped.code in _FOR_GOOD:
            raise _FOR_GOOD[dropped.code](f"closed with {dropped.code}", status=dropped.code)
