"""That answers are being written, by whichever replica: then what waits has its turn before it."""

from luka_bot.storage import keys
from luka_bot.storage.client import Storage


class WritingSign:
    """Both raise StorageAway."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def give(self) -> None:
        """It holds for a minute."""
        life = keys.WRITING_LIFE
        await self._storage.write(lambda redis: redis.set(keys.WRITING, "1", ex=life))

    async def seen(self) -> bool:
        return bool(await self._storage.read(lambda redis: redis.exists(keys.WRITING)))
