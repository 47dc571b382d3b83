"""From the inbox to the handlers: each stored update is worked on until it is done or buried."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Protocol

import structlog
from structlog.contextvars import bound_contextvars

from luka_bot.background import Background
from luka_bot.ingest.handover import Handover, Told
from luka_bot.ingest.joiner import Joiner
from luka_bot.ingest.lanes import Lanes
from luka_bot.ingest.package import Package
from luka_bot.ingest.raw_updates import RawUpdate, is_stop, place_lane_of, update_id
from luka_bot.ingest.trial import Trial
from luka_bot.metrics import DEAD_LETTERS
from luka_bot.models.errors import ReplicaLost, StorageAway, TurnTaken
from luka_bot.models.ids import UpdateId
from luka_bot.patience import STORAGE_RETRY, insist
from luka_bot.storage.inbox import Entry, Inbox
from luka_bot.suspicion import SUSPICION

log = structlog.get_logger(__name__)

IN_FLIGHT_LIMIT = 2000  # updates in memory; above that the rest waits in the inbox ...
QUICK_LIMIT = 500  # ... but for taps, commands and stops, which nobody should wait for that long
LANE_LIMIT = 100  # of them in one lane; more than one person's questions that may wait
STOP_PATIENCE = 1.0  # s that a stop waits for what stands before it
TRIES_LIMIT = 8  # kills that one update may have been there for; the next start buries it
SUSPECT_AFTER = 4  # kills; from then on updates are tried alone, so that only the guilty are blamed
CAUTION = 1.0  # s of quiet before a suspect is tried; doubles with each try it didn't outlive


class Unreadable(Exception):
    """This update doesn't decode; it goes to the dead letters with the reason."""


class Poison(Unreadable):
    """The process died with this update again and again."""


Dispatch = Callable[[RawUpdate, Handover], Awaitable[None]]
"""Runs the handlers. Raises Unreadable, StorageAway, or whatever a handler broke with."""


class Notices(Protocol):
    """Sentences for the person behind an update; they don't raise."""

    def storage_away(self, raw: RawUpdate) -> None: ...
    def broke(self, raw: RawUpdate) -> None: ...
    async def gave_up(self, raw: RawUpdate) -> None:
        """What was begun for it, in processes that died, is as it was left. Waits for storage."""
        ...


class Intake:
    """Owns every update between its storing and its end. Cancelled work stays in the inbox."""

    def __init__(
        self, inbox: Inbox, dispatch: Dispatch, notices: Notices, caution: float = CAUTION
    ) -> None:
        self._inbox = inbox
        self._dispatch = dispatch
        self._notices = notices
        self._background = Background()
        self._lanes = Lanes(self._background)
        self._joiner = Joiner(self._put)
        self._suspects = asyncio.Lock()
        self._caution = caution
        self._began_at = asyncio.get_running_loop().time()
        self._in_flight: dict[str, UpdateId] = {}  # by entry id
        self._of_lane: Counter[str] = Counter()

    def take(self, entries: Sequence[Entry], tries: Mapping[UpdateId, int]) -> None:
        """In their order. One that is being worked on already is left alone."""
        for entry in entries:
            count = tries.get(update_id(entry.raw), 0)
            ids, moved = (entry.entry_id,), entry.moved
            self._take(Package(ids, entry.raw, count, recovered=moved, at=entry.at))

    def has_room(self, lane: str, *, quick: bool) -> bool:
        """quick: for an update that no model has to answer."""
        limit = IN_FLIGHT_LIMIT + QUICK_LIMIT if quick else IN_FLIGHT_LIMIT
        return self._of_lane[lane] < LANE_LIMIT and self.in_flight < limit

    def has_drained(self, lane: str) -> bool:
        """Whether there is room for so much that it pays to look for it."""
        return self._of_lane[lane] <= LANE_LIMIT // 2 and self.in_flight < IN_FLIGHT_LIMIT

    def held(self) -> frozenset[str]:
        """The ids of the entries that are being worked on."""
        return frozenset(self._in_flight)

    @property
    def in_flight(self) -> int:
        return len(self._in_flight)

    async def close(self, grace: float) -> None:
        """Let running work end for grace seconds, then hand the rest back to the inbox."""
        if not await self._background.drain(grace):
            log.warning("intake.handed_back", entries=len(self._in_flight))
        stopped = tuple(self._in_flight.values())
        await self.drop()
        try:
            await self._inbox.forgive(*stopped)
        except StorageAway:
            log.warning("intake.not_forgiven")

    async def drop(self) -> None:
        """Stop all work at once; the entries stay in the inbox for whoever takes them next.

        Their tries stay counted: what made us miss our lease may be one of them.
        """
        self._joiner.drop()
        await self._background.cancel()
        self._lanes.forget()
        self._in_flight.clear()
        self._of_lane.clear()

    def _take(self, package: Package) -> None:
        if any(entry_id in self._in_flight for entry_id in package.entry_ids):
            return
        self._in_flight |= dict.fromkeys(package.entry_ids, update_id(package.raw))
        self._of_lane[package.lane] += len(package.entry_ids)
        self._joiner.take(package)

    def _put(self, package: Package) -> None:
        work = self._work if package.tries < SUSPECT_AFTER else self._work_alone
        if is_stop(package.raw):
            work = self._stop
        self._lanes.put(package.lane, lambda: work(package))

    async def _stop(self, package: Package) -> None:
        """What was said before a word has to have begun, or there would be nothing to stop yet; a
        button stands under what has."""
        if "callback_query" not in package.raw:
            await self._lanes.quiet(place_lane_of(package.raw), STOP_PATIENCE)
        await self._work(package)

    async def _work(self, package: Package) -> None:
        handover = Handover()
        with bound_contextvars(update_id=package.raw.get("update_id")):
            reason = await self._outcome(package, lambda: self._begin(package, handover))
            finish = self._finish(package, handover, reason)
            self._background.spawn("work handed over", finish)

    async def _work_alone(self, package: Package) -> None:
        """One suspect at a time, to its very end; its chat waits, so that the order stays."""
        handover = Handover()
        with bound_contextvars(update_id=package.raw.get("update_id")):
            async with self._suspects:
                if package.tries < TRIES_LIMIT:
                    await self._quiet(package.tries)
                reason = await self._outcome(package, lambda: self._begin(package, handover))
                await self._finish(package, handover, reason)

    async def _quiet(self, tries: int) -> None:
        """Whoever kills us now and then, and is not this update, should find others at work."""
        lived = asyncio.get_running_loop().time() - self._began_at
        await asyncio.sleep(max(0.0, self._caution * 2.0 ** (tries - SUSPECT_AFTER) - lived))

    async def _begin(self, package: Package, handover: Handover) -> None:
        if package.recovered:
            if package.tries >= TRIES_LIMIT:
                raise Poison(f"not done after {TRIES_LIMIT} starts")
            trial = Trial(self._inbox, package, self._background)
            await trial.begin()
            SUSPICION.set(trial)
        await self._dispatch(package.raw, handover)

    async def _finish(self, package: Package, handover: Handover, reason: str) -> None:
        if not reason and handover.work is not None:
            reason = await self._outcome(package, lambda: self._handed_over(package, handover))
        await self._end(package, reason)
        for entry_id in package.entry_ids:
            self._in_flight.pop(entry_id, None)
        self._of_lane[package.lane] -= len(package.entry_ids)
        if self._of_lane[package.lane] <= 0:
            del self._of_lane[package.lane]

    async def _handed_over(self, package: Package, handover: Handover) -> None:
        """From the beginning where its turn was taken away: whoever did so can't end it."""
        while (work := handover.work) is not None:
            try:
                await work()
            except TurnTaken:
                log.warning("intake.turn_taken")
                handover.work = None
                await asyncio.sleep(STORAGE_RETRY)
                await self._dispatch(package.raw, handover)
            except (StorageAway, Told):
                raise
            except Exception:
                self._notices.broke(package.raw)
                raise
            else:
                return

    async def _outcome(self, package: Package, work: Callable[[], Awaitable[None]]) -> str:
        """Why this has to be buried, or "" if all is well."""
        try:
            await self._until_stored(package.raw, work)
        except Poison as error:
            await self._notices.gave_up(package.raw)
            return f"poison: {error}"
        except Unreadable as error:
            self._notices.broke(package.raw)
            return f"unreadable: {error}"
        except Exception as error:
            log.exception("intake.broke")
            broke = error.__cause__ if isinstance(error, Told) else error
            return f"broke: {type(broke).__name__}"
        return ""

    async def _until_stored(self, raw: RawUpdate, work: Callable[[], Awaitable[None]]) -> None:
        """Redis away is no reason to lose anything: say so once, wait, do it again."""
        told = False
        while True:
            try:
                await work()
            except StorageAway as error:
                # who lost its place is stopped in a moment, and others go on
                if not told and not isinstance(error, ReplicaLost):
                    self._notices.storage_away(raw)
                    told = True
                await asyncio.sleep(STORAGE_RETRY)
            else:
                return

    async def _end(self, package: Package, reason: str) -> None:
        """Whoever wrote it has all that they can get, so they needn't hear of trouble here."""
        first, *pieces = package.entry_ids
        if reason:
            log.warning("intake.buried", reason=reason)
            await insist(lambda: self._inbox.bury(first, package.raw, reason))
            await insist(lambda: self._inbox.ack(*pieces))
            DEAD_LETTERS.labels(reason.partition(":")[0]).inc()
        else:
            await insist(lambda: self._inbox.ack(*package.entry_ids))
            log.debug("intake.done")
