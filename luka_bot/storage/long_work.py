"""What works of several kinds do with their hash in Redis."""

from luka_bot.storage.client import Storage
from luka_bot.storage.scripts import Script

_WRITE = Script.load("write_job", repeatable=True)


async def write_new(storage: Storage, key: str, *flat: str) -> None:
    """flat: field, value, field, value. What is there already stays as it is."""
    await storage.run(_WRITE, [key], ["new", *flat])


async def write_old(storage: Storage, key: str, *flat: str) -> bool:
    """False if there is no such work any more."""
    return await storage.run(_WRITE, [key], ["old", *flat]) == ["OK"]


async def fields_of(storage: Storage, key: str) -> dict[str, str]:
    found = await storage.read(lambda redis: redis.hgetall(key))
    return {str(name): str(value) for name, value in found.items()}
