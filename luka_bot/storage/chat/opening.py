"""Which store of conversations it is, as the operator decides."""

import time

from luka_bot.storage.chat.contract import ChatStorage
from luka_bot.storage.chat.memory import MemoryChatStorage
from luka_bot.storage.chat.redis import RedisChatStorage
from luka_bot.storage.client import Storage


def chat_storage(backend: str, storage: Storage) -> ChatStorage:
    """backend: "redis", shared by all replicas, or "memory", which ends with this process."""
    if backend == "memory":
        return MemoryChatStorage(time.time)
    return RedisChatStorage(storage, time.time)
