"""Where Redis comes from: the operator's, our own, or the memory of this process."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from luka_bot.storage.client import Storage


@asynccontextmanager
async def open_storage(
    redis_url: str, data_dir: Path, *, attach: bool = False
) -> AsyncGenerator[Storage, None]:
    """REDIS_URL if set (not asked yet: see `Storage.ping`), else a server of our own under
    data_dir, ready when this enters and stopped when it leaves.

    attach: if another luka runs one there, join that instead. Raises DataDirTaken if another luka
    runs one and we may not join it; StorageAway if ours doesn't start.
    """
    raise NotImplementedError
    yield
