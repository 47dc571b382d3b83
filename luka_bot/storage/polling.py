"""When Telegram was last heard: health asks this, so that a deaf bot is noticed."""

from luka_bot.storage import keys
from luka_bot.storage.client import Storage


class Polling:
    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def seen(self, now: float) -> None:
        """A poll has just succeeded; now is seconds since the epoch."""
        await self._storage.write(
            lambda redis: redis.set(keys.POLL_SEEN, repr(now), ex=keys.POLL_LIFE)
        )

    async def last_seen(self) -> float | None:
        """None if no poll succeeded within the last two minutes."""
        text = await self._storage.read(lambda redis: redis.get(keys.POLL_SEEN))
        return float(text) if text else None
