"""Long polling: fetch, store, and only then confirm to Telegram by the next offset."""

import asyncio

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError

from luka_bot import metrics
from luka_bot.delivery.taxonomy import FOREIGN
from luka_bot.ingest.arrivals import Arrivals
from luka_bot.ingest.backoff import Backoff
from luka_bot.ingest.intake import Notices
from luka_bot.ingest.raw_updates import (
    ALLOWED_UPDATES,
    RawGetUpdates,
    RawUpdate,
    update_id,
)
from luka_bot.models.errors import InboxFull, ReplicaLost, StorageAway
from luka_bot.storage.inbox_records import InboxRecords

log = structlog.get_logger(__name__)

POLL_SECONDS = 30  # s a getUpdates may wait; Telegram allows 50
ANSWER_SECONDS = 15  # s beyond that; then the connection is dead
NOTED_EVERY = 5.0  # s; others see by it that somebody polls
STORAGE_PAUSE = 0.5  # s between two tries to store a batch


class Poller:
    """One per token; whoever runs it holds the poll lease."""

    def __init__(
        self, bot: Bot, arrivals: Arrivals, records: InboxRecords, notices: Notices
    ) -> None:
        self._bot = bot
        self._arrivals = arrivals
        self._records = records
        self._notices = notices
        self._offset: int | None = None
        self._noted_at = float("-inf")
        self._backoff = Backoff()

    async def run(self) -> None:
        """Until cancelled. Raises TelegramUnauthorizedError when the token is wrong."""
        # A webhook from before would refuse every poll; what waits at Telegram stays there.
        await self._backoff.until_done(lambda: self._bot.delete_webhook(drop_pending_updates=False))
        while True:
            batch = await self._fetch()
            if batch is not None:
                await self._heard(batch)

    async def _fetch(self) -> list[RawUpdate] | None:
        request = RawGetUpdates(
            offset=self._offset, timeout=POLL_SECONDS, allowed_updates=ALLOWED_UPDATES
        )
        try:
            batch = await self._bot(request, request_timeout=POLL_SECONDS + ANSWER_SECONDS)
        except FOREIGN as error:
            _note(error)
            await self._backoff.after(error)
            return None
        self._backoff.succeeded()
        metrics.LAST_POLL.set_to_current_time()
        return [raw for raw in batch if isinstance(raw.get("update_id"), int)]

    async def _heard(self, batch: list[RawUpdate]) -> None:
        if batch:
            await self._store(batch)
            self._offset = max(update_id(raw) for raw in batch) + 1
        now = asyncio.get_running_loop().time()
        if now - self._noted_at < NOTED_EVERY:
            return
        self._noted_at = now
        try:
            await self._records.polled()
        except StorageAway:
            log.warning("poll.storage_away")

    async def _store(self, batch: list[RawUpdate]) -> None:
        """Telegram keeps the batch until the next offset, so waiting here loses nothing."""
        told = False
        while True:
            try:
                await self._arrivals.store(batch)
            except (InboxFull, ReplicaLost) as error:
                log.warning("poll.not_stored", error=type(error).__name__)
            except StorageAway:
                if not told:
                    log.warning("poll.storage_away", updates=len(batch))
                    for raw in batch:
                        self._notices.storage_away(raw)
                told = True
            else:
                return
            await asyncio.sleep(STORAGE_PAUSE)


def _note(error: Exception) -> None:
    metrics.POLL_FAILURES.labels(type(error).__name__).inc()
    if isinstance(error, TelegramConflictError):
        metrics.POLL_CONFLICTS.inc()
        log.error("poll.conflict", hint="another process polls with this token")
