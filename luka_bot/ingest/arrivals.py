"""Where an update is safe: after this Telegram may be told that we have it."""

from collections.abc import Sequence

from luka_bot.ingest.raw_updates import RawUpdate


class Arrivals:
    """Each update once, for the replica that has its conversation."""

    async def store(self, batch: Sequence[RawUpdate]) -> None:
        """All of them or none. Raises StorageAway, or InboxFull as long as there is no room."""
        raise NotImplementedError
