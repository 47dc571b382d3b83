"""Long polling: fetch, store, and only then confirm to Telegram by the next offset."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    TelegramConflictError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)

from luka_bot.delivery.taxonomy import FOREIGN
from luka_bot.ingest.intake import Intake, Notices
from luka_bot.ingest.raw_updates import (
    ALLOWED_UPDATES,
    RawGetUpdates,
    RawUpdate,
    update_id,
)
from luka_bot.models.clock import Clock
from luka_bot.models.errors import StorageAway
from luka_bot.storage.inbox import Inbox

log = structlog.get_logger(__name__)

POLL_SECONDS = 30  # s a getUpdates may wait; Telegram allows 50
ANSWER_SECONDS = 15  # s beyond that; then the connection is dead
BACKOFF_LIMIT = 15.0  # s between two tries while Telegram doesn't answer
CONFLICT_PAUSE = 3.0  # s; Telegram delays its own 409 by as much
STORAGE_PAUSE = 0.5  # s between two tries to store a batch


class Poller:
    """One per token; whoever runs it holds the lease."""

    def __init__(
        self,
        bot: Bot,
        inbox: Inbox,
        intake: Intake,
        notices: Notices,
        now: Clock,
    ) -> None:
        self._bot = bot
        self._inbox = inbox
        self._intake = intake
        self._notices = notices
        self._now = now
        self._offset: int | None = None
        self._failures = 0

    async def run(self) -> None:
        """Until cancelled. Raises TelegramUnauthorizedError when the token is wrong, and
        StorageOfAnotherBot."""
        await self._claim_inbox()
        await self._until_done(self._bot.me)  # cached from now on: group messages need our name
        # A webhook from before would refuse every poll; what waits at Telegram stays there.
        await self._until_done(lambda: self._bot.delete_webhook(drop_pending_updates=False))
        await self._take_backlog()
        while True:
            await self._intake.room()
            batch = await self._fetch()
            if batch is None:
                continue
            await self._take(batch)

    async def _until_done(self, call: Callable[[], Awaitable[object]]) -> None:
        while True:
            try:
                await call()
            except FOREIGN as error:
                await self._recover(error)
            else:
                self._failures = 0
                return

    async def _claim_inbox(self) -> None:
        while True:
            try:
                await self._inbox.claim(self._bot.id)
            except StorageAway:
                await asyncio.sleep(STORAGE_PAUSE)
            else:
                return

    async def _take_backlog(self) -> None:
        """What an earlier run stored and didn't end goes first, in its order."""
        while True:
            try:
                entries = await self._intake.take_backlog()
            except StorageAway:
                await asyncio.sleep(STORAGE_PAUSE)
            else:
                log.info("poll.backlog", entries=entries)
                return

    async def _fetch(self) -> list[RawUpdate] | None:
        request = RawGetUpdates(
            offset=self._offset, timeout=POLL_SECONDS, allowed_updates=ALLOWED_UPDATES
        )
        try:
            batch = await self._bot(request, request_timeout=POLL_SECONDS + ANSWER_SECONDS)
        except FOREIGN as error:
            await self._recover(error)
            return None
        if self._failures:
            log.info("poll.recovered", failures=self._failures)
        self._failures = 0
        return [raw for raw in batch if isinstance(raw.get("update_id"), int)]

    async def _take(self, batch: list[RawUpdate]) -> None:
        if not batch:
            await self._still_here()
            return
        for raw, entry_id in zip(batch, await self._stored(batch), strict=True):
            if entry_id is not None:
                self._intake.take(entry_id, raw)
        self._offset = max(update_id(raw) for raw in batch) + 1

    async def _still_here(self) -> None:
        try:
            await self._inbox.polled(self._now())
        except StorageAway:
            log.warning("poll.storage_away")

    async def _stored(self, batch: list[RawUpdate]) -> list[str | None]:
        """Telegram keeps the batch until the next offset, so waiting here loses nothing."""
        told = False
        while True:
            try:
                return await self._inbox.append(batch)
            except StorageAway:
                if not told:
                    log.warning("poll.storage_away", updates=len(batch))
                    for raw in batch:
                        self._notices.storage_away(raw)
                told = True
                await asyncio.sleep(STORAGE_PAUSE)

    async def _recover(self, error: Exception) -> None:
        match error:
            case TelegramUnauthorizedError():
                raise error
            case TelegramRetryAfter(retry_after=seconds):
                pause = float(seconds)
            case TelegramConflictError():
                log.error("poll.conflict", hint="another process polls with this token")
                pause = CONFLICT_PAUSE
            case _:
                pause = min(BACKOFF_LIMIT, 0.5 * 2 ** min(self._failures, 6))
        self._failures += 1
        log.warning("poll.failed", error=type(error).__name__, pause=pause, failures=self._failures)
        await asyncio.sleep(pause)
