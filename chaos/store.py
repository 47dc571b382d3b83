"""A Valkey of our own on a port, so that it can be stopped and killed."""

import asyncio
import os
import sys
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from redis.asyncio import Redis
from redis.exceptions import RedisError

from chaos.relay import HOST
from luka_bot.models.lives import USUAL
from luka_bot.storage.binary import server_binary
from luka_bot.storage.client import Storage, StorageKind
from luka_bot.storage.inbox_records import InboxRecords
from luka_bot.storage.parent_death import dies_with_parent

START_LIMIT = 30.0  # s


class Store:
    """Every write is on disk before it is answered: what is lost then is luka's own loss."""

    def __init__(self, folder: Path, port: int) -> None:
        self.port = port
        self.redis = Redis(host=HOST, port=port, decode_responses=True)
        self.records = InboxRecords(Storage(self.redis, StorageKind.GIVEN, USUAL), time.time)
        self._folder = folder
        self._process: Process | None = None

    async def start(self) -> None:
        binary = server_binary()
        if binary is None:
            raise RuntimeError("no Redis server was found to run luka on")
        self._process = await asyncio.create_subprocess_exec(
            binary,
            *self._options(),
            stdin=DEVNULL,
            stdout=DEVNULL,
            stderr=DEVNULL,
            env={"LC_ALL": "C", "PATH": os.defpath},
            start_new_session=True,
            preexec_fn=dies_with_parent() if sys.platform == "linux" else None,
        )
        async with asyncio.timeout(START_LIMIT):
            while not await self._answers():  # noqa: ASYNC110 - it tells nobody
                await asyncio.sleep(0.02)

    async def stop(self) -> None:
        """In order, as an operator does it."""
        await self._end(kill=False)

    async def kill(self) -> None:
        await self._end(kill=True)

    async def _end(self, *, kill: bool) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            (process.kill if kill else process.terminate)()
        await process.wait()

    async def _answers(self) -> bool:
        try:
            return bool(await self.redis.ping())
        except (RedisError, OSError):
            return False

    def _options(self) -> list[str]:
        options = {
            "port": str(self.port),
            "bind": HOST,
            "dir": str(self._folder),
            "appendonly": "yes",
            "appendfsync": "always",
            "save": "",
            "logfile": str(self._folder / "store.log"),
        }
        return [text for name, value in options.items() for text in (f"--{name}", value)]


@asynccontextmanager
async def running_store(folder: Path, port: int) -> AsyncIterator[Store]:
    folder.mkdir()  # noqa: ASYNC240 - a moment, before anything runs
    store = Store(folder, port)
    try:
        await store.start()
        yield store
    finally:
        await store.redis.aclose()
        await store.kill()
