"""From this replica's inbox to its intake, in order and no faster than there is room."""

import asyncio
from collections.abc import Mapping, Sequence

import structlog

from luka_bot.ingest.intake import Intake
from luka_bot.ingest.raw_updates import is_quick, lane_of
from luka_bot.models.clock import Clock
from luka_bot.models.errors import StorageAway
from luka_bot.models.ids import UpdateId
from luka_bot.patience import STORAGE_RETRY
from luka_bot.storage.inbox import BEGINNING, PAGE, PATIENCE, Entry, Inbox

log = structlog.get_logger(__name__)


AGAIN = 30.0  # s; a failover of Redis may bring back what was read before, or number it anew
SOON = 100  # ms that reading waits for something new while something was passed over


class Reader:
    """The inbox keeps what is read until it is dealt with, so reading loses nothing.

    What is beyond its lane's share is passed over, with all that follows it there, and read again
    when there is room: so nobody waits behind somebody else's flood.
    """

    def __init__(self, inbox: Inbox, intake: Intake, clock: Clock) -> None:
        self._inbox = inbox
        self._intake = intake
        self._clock = clock
        self._begin_at(BEGINNING)

    async def run(self) -> None:
        """Until cancelled."""
        self._begin_at(BEGINNING)
        began_at = self._clock()
        while True:
            try:
                full = await self._read_page()
            except StorageAway as error:
                log.debug("reader.storage_away", error=str(error))
                await asyncio.sleep(STORAGE_RETRY)
                self._begin_at(BEGINNING)
                continue
            if self._clock() - began_at > AGAIN:
                self._begin_at(BEGINNING)
                began_at = self._clock()
            elif not full and any(map(self._intake.has_drained, self._passed)):
                self._begin_at(self._passed_from)

    def _begin_at(self, after: str) -> None:
        self._after = after
        self._passed_from = after
        self._passed: set[str] = set()  # lanes

    async def _read_page(self) -> bool:
        """Whether more stands behind it. Raises StorageAway."""
        held = self._intake.held()
        entries = await self._inbox.read(self._after, patience=SOON if self._passed else PATIENCE)
        tries = await self._tries(entries)
        if not self._passed:
            self._passed_from = self._after
        # what was held then may have been dealt with since
        self._take([each for each in entries if each.entry_id not in held], tries)
        if entries:
            self._after = entries[-1].entry_id
        return len(entries) == PAGE

    def _take(self, entries: Sequence[Entry], tries: Mapping[UpdateId, int]) -> None:
        for entry in entries:
            lane = lane_of(entry.raw)
            quick = is_quick(entry.raw)
            if lane in self._passed or not self._intake.has_room(lane, quick=quick):
                self._passed.add(lane)
            else:
                self._intake.take([entry], tries)

    async def _tries(self, entries: list[Entry]) -> dict[UpdateId, int]:
        """Only what another process had before can have been tried."""
        return await self._inbox.tries() if any(entry.moved for entry in entries) else {}
