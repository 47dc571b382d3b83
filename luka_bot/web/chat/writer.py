"""The one who writes to a socket: what waits, a ping now and then, and how it ends."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web

from luka_bot.models.clock import Clock
from luka_bot.web.chat.counters import FRAMES_OUT
from luka_bot.web.chat.outbox import Ending, Outbox

CLOSE_SECONDS = 2.0  # that saying goodbye may take
LINGER = 10.0  # s in which a slow reader may still hear why it was closed

log = structlog.get_logger(__name__)

Step = Callable[[], Awaitable[None]]


class Writer:
    """clock: monotonic."""

    def __init__(
        self,
        ws: web.WebSocketResponse,
        transport: asyncio.Transport | None,
        outbox: Outbox,
        clock: Clock,
    ) -> None:
        self._ws = ws
        self._transport = transport
        self._outbox = outbox
        self._clock = clock
        self._patience: asyncio.Timeout | None = None
        self.sent = 0

    async def run(self, begin: Step, beat: Step, every: float) -> None:
        """begin, then whatever waits, with a beat every so many seconds, until the outbox is
        finished or nobody is there any more."""
        try:
            ending = await self._written(begin, beat, every)
        except ConnectionError:
            return
        except Exception:
            log.exception("chat.socket_failed")
            ending = Ending(1011)
        await self._close(ending)

    def interrupt(self) -> None:
        """Close without writing what waits: whoever doesn't read it keeps us from it."""
        if self._patience is not None:
            self._patience.reschedule(asyncio.get_running_loop().time())

    async def send(self, text: str) -> None:
        """Returns when it has left for the network, or is the next to."""
        await self._ws.send_str(text)
        FRAMES_OUT.inc()

    async def ping(self) -> None:
        await self._ws.ping()

    async def _written(self, begin: Step, beat: Step, every: float) -> Ending:
        try:
            async with asyncio.timeout(None) as patience:
                self._patience = patience
                try:
                    await begin()
                    return await self._write(beat, every)
                finally:
                    self._patience = None
        except TimeoutError:
            return self._outbox.ending or Ending(1011)

    async def _write(self, beat: Step, every: float) -> Ending:
        next_beat = self._clock() + every
        while True:
            if self._clock() >= next_beat:
                await beat()
                next_beat = self._clock() + every
            out = self._outbox.take()
            if out is None:
                if self._outbox.ending is not None:
                    return self._outbox.ending
                await self._outbox.wait(next_beat - self._clock())
            elif not out.number or out.number > self.sent:
                self.sent = out.number or self.sent
                await self.send(out.text)

    async def _close(self, ending: Ending) -> None:
        if self._ws.closed:
            return
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await self._ws.close(code=ending.code, message=ending.reason.encode())
        except (TimeoutError, ConnectionError):
            pass
        if self._transport is not None:
            asyncio.get_running_loop().call_later(LINGER, self._transport.abort)
