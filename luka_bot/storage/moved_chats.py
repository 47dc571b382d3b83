"""Groups that became supergroups, under their new numbers."""

from luka_bot.models.ids import ChatId
from luka_bot.storage import keys
from luka_bot.storage.client import Storage
from luka_bot.storage.scripts import Script

_MOVE = Script.load("move_chat", "thread", repeatable=True)


class MovedChats:
    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def now(self, chat_id: ChatId) -> ChatId:
        """The number that a chat has by now; its own if it never moved."""
        found = await self._storage.read(lambda redis: redis.get(keys.moved(chat_id)))
        return ChatId(int(found)) if found else chat_id

    async def move(self, old: ChatId, new: ChatId) -> bool:
        """Threads and all go with the group. False if an earlier run did it."""
        reply = await self._storage.run(
            _MOVE, [keys.moved(old)], [old, new, int(keys.MOVED_LIFE.total_seconds())]
        )
        return reply == ["OK"]
