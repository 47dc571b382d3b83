"""From this replica's inbox to its intake, in order and no faster than there is room."""

import asyncio

import structlog

from luka_bot.ingest.intake import STORAGE_RETRY, Intake
from luka_bot.models.clock import Clock
from luka_bot.models.errors import StorageAway
from luka_bot.models.ids import UpdateId
from luka_bot.storage.inbox import BEGINNING, Entry, Inbox

log = structlog.get_logger(__name__)


AGAIN = 30.0  # s; a failover of Redis may bring back what was read before, or number it anew


class Reader:
    """The inbox keeps what is read until it is dealt with, so reading loses nothing."""

    def __init__(self, inbox: Inbox, intake: Intake, clock: Clock) -> None:
        self._inbox = inbox
        self._intake = intake
        self._clock = clock

    async def run(self) -> None:
        """Until cancelled."""
        after, began_at = BEGINNING, self._clock()
        while True:
            await self._intake.room()
            held = self._intake.held()
            try:
                entries = await self._inbox.read(after)
                tries = await self._tries(entries)
            except StorageAway as error:
                log.warning("reader.storage_away", error=str(error))
                await asyncio.sleep(STORAGE_RETRY)
                after = BEGINNING
                continue
            # what was held then may have been dealt with since
            self._intake.take([each for each in entries if each.entry_id not in held], tries)
            after = entries[-1].entry_id if entries else after
            if self._clock() - began_at > AGAIN:
                after, began_at = BEGINNING, self._clock()

    async def _tries(self, entries: list[Entry]) -> dict[UpdateId, int]:
        """Only what another process had before can have been tried."""
        return await self._inbox.tries() if any(entry.moved for entry in entries) else {}
