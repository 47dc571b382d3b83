"""All that Redis holds, as a reader of its memory would find it."""

import json
from collections.abc import Awaitable, Callable

from luka_bot.config import Settings
from luka_bot.storage import keys
from luka_bot.storage.client import Client
from luka_bot.storage.connect import open_storage


async def everything(settings: Settings) -> dict[str, str]:
    """Each key with all that stands in it."""
    async with open_storage(settings.redis_url, settings.data_dir, attach=True) as storage:
        return await storage.read(_everything)


async def is_quiet(settings: Settings) -> bool:
    """Whether every update is acknowledged."""
    kept = await everything(settings)
    return not any(
        key.startswith(keys.inbox_chat.prefix)
        or (key.startswith(keys.inbox_of.prefix) and value != "[]")
        for key, value in kept.items()
    )


def that_mention(kept: dict[str, str], words: list[str]) -> list[tuple[str, str]]:
    """Keys in whose name or value one of these stands, also as JSON writes it."""
    spelled = [(word, spelling) for word in words for spelling in (word, json.dumps(word)[1:-1])]
    return [
        (key, word)
        for key, value in kept.items()
        for word, spelling in spelled
        if spelling.casefold() in f"{key} {value}".casefold()
    ]


async def _everything(redis: Client) -> dict[str, str]:
    return {key: str(await _value(redis, key)) async for key in redis.scan_iter()}


async def _value(redis: Client, key: str) -> object:
    """KeyError for a type of value that nobody looked into."""
    reads: dict[str, Callable[[], Awaitable[object]]] = {
        "string": lambda: redis.get(key),
        "hash": lambda: redis.hgetall(key),
        "list": lambda: redis.lrange(key, 0, -1),
        "set": lambda: redis.sort(key, alpha=True),
        "zset": lambda: redis.zrange(key, 0, -1, withscores=True),
        "stream": lambda: redis.xrange(key),
        "none": lambda: redis.get(key),
    }
    return await reads[str(await redis.type(key))]()
