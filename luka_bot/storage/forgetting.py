"""Letting go of all that is kept of somebody."""

from luka_bot.models.ids import UserId
from luka_bot.storage import keys
from luka_bot.storage.client import Storage
from luka_bot.storage.scripts import Script

_FORGET = Script.load("forget_person", "person", repeatable=True)


class Forgetting:
    """What the audit log says of them stays as long as the log does."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def forget(self, user_id: UserId) -> None:
        """Who they are, their threads and their day. Raises StorageAway."""
        names = [
            keys.usage(user_id),
            keys.flood(user_id),
            keys.llm_history(user_id),
            keys.user_threads(user_id),
            keys.user_active_thread(user_id),
        ]
        await self._storage.run(_FORGET, names, [str(user_id)])
