"""Where an update is safe: after this Telegram may be told that we have it."""

from collections.abc import Sequence

import structlog

from luka_bot import metrics
from luka_bot.ingest.raw_updates import RawUpdate, conversation_of, kind_of, update_id
from luka_bot.storage.inbox import Arrival, Inbox

log = structlog.get_logger(__name__)


class Arrivals:
    """door: how they came, `poll` or `webhook`, for the metrics."""

    def __init__(self, inbox: Inbox, door: str) -> None:
        self._inbox = inbox
        self._door = door

    async def store(self, batch: Sequence[RawUpdate]) -> None:
        """Each once, for the replica that has its conversation: all of them or none.

        Raises StorageAway, or InboxFull as long as there is no room.
        """
        new = await self._inbox.append([Arrival(raw, conversation_of(raw)) for raw in batch])
        for raw in batch:
            metrics.UPDATES.labels(kind_of(raw), self._door).inc()
        metrics.INBOX_DUPLICATES.inc(len(batch) - new)
        log.info("arrivals.stored", new=new, update_ids=[update_id(raw) for raw in batch])
