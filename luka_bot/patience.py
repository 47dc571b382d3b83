"""What has to be done however long Redis is away."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from luka_bot.models.errors import StorageAway

STORAGE_RETRY = 0.5  # s between two looks whether Redis is back

T = TypeVar("T")


async def insist(work: Callable[[], Awaitable[T]]) -> T:
    """What work gives, as soon as it doesn't raise StorageAway any more."""
    while True:
        try:
            return await work()
        except StorageAway:
            await asyncio.sleep(STORAGE_RETRY)
