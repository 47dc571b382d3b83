"""Where Redis comes from: the operator's, our own, or the memory of this process."""

import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import structlog
from redis.asyncio import BlockingConnectionPool, UnixDomainSocketConnection
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from luka_bot.models.lives import USUAL, Lives
from luka_bot.storage.client import Storage, StorageKind
from luka_bot.storage.replication import Replication
from luka_bot.storage.sentinel import SCHEME, primary_pool
from luka_bot.storage.timed import TimedRedis

if sys.platform != "win32":
    from luka_bot.storage.binary import server_binary
    from luka_bot.storage.embedded import embedded_server, running_socket
    from luka_bot.storage.server import answers

log = structlog.get_logger(__name__)

_POOL: dict[str, Any] = {
    "max_connections": 64,
    "timeout": 5,  # s for a free connection
    "decode_responses": True,
    "encoding_errors": "replace",  # half a character in somebody's words must not break a turn
    "socket_connect_timeout": 2,  # s
    "socket_timeout": None,  # Storage waits; redis-py's own way swallows cancelling on 3.11
    "health_check_interval": 30,  # s of silence after which a connection is asked first
}


@asynccontextmanager
async def open_storage(
    redis_url: str, data_dir: Path, *, attach: bool = False, lives: Lives = USUAL
) -> AsyncGenerator[Storage, None]:
    """REDIS_URL if set (not asked yet: see `Storage.ping`), else a server of our own under
    data_dir, ready when this enters and stopped when it leaves.

    attach: if another luka runs one there, join that instead. lives: how long what people said is
    kept from its next use on. Raises DataDirTaken if another luka
    runs one and we may not join it; DataDirUnusable if nothing can be kept there; StorageAway if
    ours doesn't start; ValueError if redis_url is none.
    """
    if redis_url.startswith(SCHEME):
        async with behind_sentinel(redis_url, lives) as storage:
            yield storage
    elif redis_url:
        async with connected(given_pool(redis_url), StorageKind.GIVEN, lives) as storage:
            yield storage
    elif sys.platform == "win32":
        async with in_memory(lives) as storage:
            yield storage
    else:
        async with _our_own(data_dir, lives, attach=attach) as storage:
            yield storage


if sys.platform != "win32":

    @asynccontextmanager
    async def _our_own(
        data_dir: Path, lives: Lives, *, attach: bool
    ) -> AsyncGenerator[Storage, None]:
        running = running_socket(data_dir) if attach else None
        binary = server_binary()
        if running and await answers(running):
            async with connected(socket_pool(running), StorageKind.ATTACHED, lives) as storage:
                yield storage
        elif binary is None:
            async with in_memory(lives) as storage:
                yield storage
        else:
            async with (
                embedded_server(binary, data_dir) as socket,
                connected(socket_pool(socket), StorageKind.EMBEDDED, lives) as storage,
            ):
                yield storage


def runs_beside(data_dir: Path) -> bool:
    """Whether another luka runs its own store under data_dir now. Raises DataDirUnusable."""
    return sys.platform != "win32" and running_socket(data_dir) is not None


@asynccontextmanager
async def connected(
    pool: BlockingConnectionPool, kind: StorageKind, lives: Lives = USUAL
) -> AsyncGenerator[Storage, None]:
    """A pool has one user: leaving closes it."""
    redis = TimedRedis.from_pool(pool)
    try:
        yield Storage(redis, kind, lives)
    finally:
        await redis.aclose()


@asynccontextmanager
async def behind_sentinel(redis_url: str, lives: Lives) -> AsyncGenerator[Storage, None]:
    async with primary_pool(redis_url, _POOL) as pool:
        redis, replicated = TimedRedis.from_pool(pool), Replication(pool).evaluate
        yield Storage(redis, StorageKind.GIVEN, lives, replicated)


@asynccontextmanager
async def in_memory(lives: Lives = USUAL) -> AsyncGenerator[Storage, None]:
    from fakeredis import FakeAsyncRedis  # noqa: PLC0415 - 0.3 s, paid only where it is used

    log.warning("storage.in_memory", hint="nothing is kept when luka ends; set REDIS_URL")
    redis = FakeAsyncRedis(decode_responses=True, encoding_errors="replace")
    try:
        yield Storage(redis, StorageKind.MEMORY, lives)
    finally:
        await redis.aclose()


def given_pool(redis_url: str) -> BlockingConnectionPool:
    return BlockingConnectionPool.from_url(redis_url, retry=Retry(NoBackoff(), 0), **_POOL)


def socket_pool(
    socket: Path,
    connection_class: type[UnixDomainSocketConnection] = UnixDomainSocketConnection,
) -> BlockingConnectionPool:
    return BlockingConnectionPool(
        connection_class=connection_class, path=str(socket), retry=Retry(NoBackoff(), 0), **_POOL
    )
