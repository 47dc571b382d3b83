"""From the inbox to the handlers: each stored update is worked on until it is done or buried."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from structlog.contextvars import bound_contextvars

from luka_bot.background import Background
from luka_bot.ingest.handover import Handover
from luka_bot.ingest.lanes import Lanes
from luka_bot.ingest.raw_updates import RawUpdate, lane_of
from luka_bot.models.errors import StorageAway
from luka_bot.storage.inbox import Inbox

log = structlog.get_logger(__name__)

IN_FLIGHT_LIMIT = 1000  # updates in memory; above that we fetch no more until some are done
TRIES_LIMIT = 5  # starts of one update that never ended; the next one buries it
STORAGE_RETRY = 0.5  # s between two looks whether Redis is back


class Unreadable(Exception):
    """This update doesn't decode; it goes to the dead letters with the reason."""


Dispatch = Callable[[RawUpdate, Handover], Awaitable[None]]
"""Runs the handlers. Raises Unreadable, StorageAway, or whatever a handler broke with."""

TellAway = Callable[[RawUpdate], None]
"""Tells the person behind an update that storage is away; neither waits nor raises."""


class Intake:
    """Owns every update between its storing and its end. Cancelled work stays in the inbox."""

    def __init__(self, inbox: Inbox, dispatch: Dispatch, tell_away: TellAway) -> None:
        self._inbox = inbox
        self._dispatch = dispatch
        self._tell_away = tell_away
        self._background = Background()
        self._lanes = Lanes(self._background)
        self._in_flight: set[str] = set()
        self._room = asyncio.Event()
        self._room.set()

    def take(self, entry_id: str, raw: RawUpdate) -> None:
        """An entry that is being worked on already is left alone."""
        if entry_id in self._in_flight:
            return
        self._in_flight.add(entry_id)
        if len(self._in_flight) >= IN_FLIGHT_LIMIT:
            self._room.clear()
        self._lanes.put(lane_of(raw), lambda: self._work(entry_id, raw))

    async def take_again(self, entry_id: str, raw: RawUpdate) -> None:
        """An entry that an earlier run began and didn't end. One that keeps ending us is buried."""
        if entry_id in self._in_flight:
            return
        if await self._inbox.count_try(entry_id) > TRIES_LIMIT:
            await self._inbox.bury(entry_id, raw, f"not done after {TRIES_LIMIT} starts")
            log.error("intake.buried", entry_id=entry_id, reason="tries")
            return
        self.take(entry_id, raw)

    async def room(self) -> None:
        """Wait until more updates may be fetched."""
        await self._room.wait()

    @property
    def in_flight(self) -> int:
        return len(self._in_flight)

    async def close(self, grace: float) -> None:
        """Let running work end for grace seconds, then hand the rest back to the inbox."""
        if not await self._background.drain(grace):
            log.warning("intake.handed_back", entries=len(self._in_flight))
        await self.drop()

    async def drop(self) -> None:
        """Stop all work at once; the entries stay in the inbox for whoever takes them next."""
        await self._background.cancel()
        self._in_flight.clear()
        self._room.set()

    async def _work(self, entry_id: str, raw: RawUpdate) -> None:
        handover = Handover()
        with bound_contextvars(update_id=raw.get("update_id")):
            try:
                await self._until_stored(raw, lambda: self._dispatch(raw, handover))
            except Unreadable as error:
                await self._end(entry_id, raw, f"unreadable: {error}")
            except Exception as error:
                log.exception("intake.broke")
                await self._end(entry_id, raw, f"broke: {type(error).__name__}")
            else:
                self._background.spawn("work handed over", self._finish(entry_id, raw, handover))

    async def _finish(self, entry_id: str, raw: RawUpdate, handover: Handover) -> None:
        reason = ""
        if handover.work is not None:
            try:
                await self._until_stored(raw, handover.work)
            except Exception as error:
                log.exception("intake.broke")
                reason = f"broke: {type(error).__name__}"
        await self._end(entry_id, raw, reason)

    async def _until_stored(self, raw: RawUpdate, work: Callable[[], Awaitable[None]]) -> None:
        """Redis away is no reason to lose anything: say so once, wait, do it again."""
        told = False
        while True:
            try:
                await work()
            except StorageAway:
                if not told:
                    self._tell_away(raw)
                told = True
                await asyncio.sleep(STORAGE_RETRY)
            else:
                return

    async def _end(self, entry_id: str, raw: RawUpdate, reason: str) -> None:
        while True:
            try:
                if reason:
                    await self._inbox.bury(entry_id, raw, reason)
                else:
                    await self._inbox.ack(entry_id)
            except StorageAway:
                await asyncio.sleep(STORAGE_RETRY)
            else:
                break
        self._in_flight.discard(entry_id)
        if len(self._in_flight) < IN_FLIGHT_LIMIT:
            self._room.set()
