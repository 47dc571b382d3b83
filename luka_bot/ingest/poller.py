"""Long polling: fetch, store, and only then confirm to Telegram by the next offset."""

import asyncio

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError, TelegramUnauthorizedError

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
from luka_bot.models.ids import UpdateId
from luka_bot.storage.inbox_records import InboxRecords
from luka_bot.watch.vitals import Vitals

log = structlog.get_logger(__name__)

ANSWER_SECONDS = 15  # s beyond what a getUpdates may wait; then the connection is dead
NOTED_EVERY = 5.0  # s; others see by it that somebody polls
STORAGE_PAUSE = 0.5  # s between two tries to store a batch
REFUSED_PAUSE = 15.0  # s; a token that was good until now may be so again


class Poller:
    """One per token; whoever runs it holds the poll lease. wait: seconds a poll may wait."""

    def __init__(
        self,
        bot: Bot,
        arrivals: Arrivals,
        records: InboxRecords,
        notices: Notices,
        vitals: Vitals,
        wait: int,
    ) -> None:
        self._bot = bot
        self._arrivals = arrivals
        self._records = records
        self._notices = notices
        self._vitals = vitals
        self._wait = wait
        self._offset: int | None = None
        self._told: set[UpdateId] = set()
        self._noted_at = float("-inf")
        self._backoff = Backoff()

    async def run(self) -> None:
        """Until cancelled. Raises TelegramUnauthorizedError when the token is wrong at once; one
        that is refused later raises an alarm, for nobody reads why a process has ended."""
        # A webhook from before would refuse every poll; what waits at Telegram stays there.
        await self._backoff.until_done(lambda: self._bot.delete_webhook(drop_pending_updates=False))
        while True:
            batch = await self._fetch()
            if batch is not None:
                await self._heard(batch)

    async def _fetch(self) -> list[RawUpdate] | None:
        wait = 0 if self._vitals.polled_at is None else self._wait  # at first to see that it works
        request = RawGetUpdates(offset=self._offset, timeout=wait, allowed_updates=ALLOWED_UPDATES)
        try:
            batch = await self._bot(request, request_timeout=self._wait + ANSWER_SECONDS)
        except TelegramUnauthorizedError as error:
            self._note(error)
            await asyncio.sleep(REFUSED_PAUSE)
            return None
        except FOREIGN as error:
            self._note(error)
            await self._backoff.after(error)
            return None
        self._backoff.succeeded()
        self._vitals.polled()
        metrics.LAST_POLL.set_to_current_time()
        return [raw for raw in batch if isinstance(raw.get("update_id"), int)]

    async def _heard(self, batch: list[RawUpdate]) -> None:
        if batch and not await self._stored(batch):
            await asyncio.sleep(STORAGE_PAUSE)
            return  # the same offset brings them again, with what came meanwhile
        if batch:
            self._told.clear()
            self._offset = max(update_id(raw) for raw in batch) + 1
        now = asyncio.get_running_loop().time()
        if now - self._noted_at < NOTED_EVERY:
            return
        self._noted_at = now
        try:
            await self._records.polled()
        except StorageAway:
            log.debug("poll.storage_away")

    async def _stored(self, batch: list[RawUpdate]) -> bool:
        """Telegram keeps the batch until the next offset, so what isn't stored isn't lost."""
        try:
            await self._arrivals.store(batch)
        except (InboxFull, ReplicaLost) as error:
            log.warning("poll.not_stored", error=type(error).__name__)
        except StorageAway:
            self._tell_of_delay(batch)
        else:
            return True
        return False

    def _tell_of_delay(self, batch: list[RawUpdate]) -> None:
        fresh = [raw for raw in batch if update_id(raw) not in self._told]
        if not fresh:
            return
        log.warning("poll.storage_away", updates=len(fresh))
        self._told.update(map(update_id, fresh))
        for raw in fresh:
            self._notices.storage_away(raw)

    def _note(self, error: Exception) -> None:
        metrics.POLL_FAILURES.labels(type(error).__name__).inc()
        match error:
            case TelegramConflictError():
                metrics.POLL_CONFLICTS.inc()
                self._vitals.conflict()
                log.warning("poll.conflict", hint="another process polls with this token")
            case TelegramUnauthorizedError():
                self._vitals.refused()
                log.error("poll.refused", hint="the token was good until now")
            case _:
                pass
