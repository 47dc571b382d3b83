"""A Redis of our own: started with us, stopped with us, its data kept."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncGenerator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from pathlib import Path

import structlog

from luka_bot.background import Background
from luka_bot.models.errors import DataDirTaken, DataDirUnusable
from luka_bot.storage.folder_lock import FolderLock, Holder, holder
from luka_bot.storage.server import Server, say

log = structlog.get_logger(__name__)

LUKA_LOCK = "luka.lock"  # held by us
SERVER_LOCK = "server.lock"  # held by our server as well, so it outlasts us if the server does
SOCKET_PATH_LIMIT = 103  # bytes; Linux takes 107, macOS 103
ORPHAN_LIMIT = 10.0  # s that the server of a luka that was killed may take to go
_LOOK = 0.01  # s between two looks whether it is gone


@asynccontextmanager
async def embedded_server(binary: Path, data_dir: Path) -> AsyncGenerator[Path, None]:
    """The path of its socket, ready when this enters; if it dies, it is there again soon.

    Raises DataDirTaken, DataDirUnusable, StorageAway.
    """
    with ExitStack() as stack:
        with _usable(data_dir):
            folder = _made(server_folder(data_dir))
            lock = _lock(data_dir, stack)
            inherited = await _server_lock(data_dir, stack)
            socket = _socket_path(folder, stack)
            lock.sign(Holder(os.getpid(), socket))
        server = Server(binary, folder, socket, inherited)
        try:
            await server.start()
            log.info("storage.started", server=binary.name)
            async with Background() as background:
                background.spawn("keep storage", server.keep())
                yield socket
        finally:
            await server.stop()


def server_folder(data_dir: Path) -> Path:
    return data_dir.resolve() / "redis"


def running_socket(data_dir: Path) -> Path | None:
    """Where the server of another luka listens on the same data; None if none runs.

    Raises DataDirUnusable.
    """
    with _usable(data_dir):
        path = server_folder(data_dir) / LUKA_LOCK
        lock = FolderLock.take(path) if path.exists() else None
        if lock is not None:
            lock.release()
            return None
        signed = holder(path)
    return signed.socket if signed else None


@contextmanager
def _usable(data_dir: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DataDirUnusable(data_dir, error.strerror or str(error)) from error


def _made(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def _lock(data_dir: Path, stack: ExitStack) -> FolderLock:
    path = server_folder(data_dir) / LUKA_LOCK
    lock = FolderLock.take(path)
    if lock is None:
        signed = holder(path)
        raise DataDirTaken(data_dir, signed.pid if signed else None)
    stack.callback(lock.release)
    return lock


async def _server_lock(data_dir: Path, stack: ExitStack) -> FolderLock:
    """After a kill the server of the last luka may still be writing out: that is waited for."""
    folder = server_folder(data_dir)
    last = holder(folder / LUKA_LOCK)
    end = asyncio.get_running_loop().time() + ORPHAN_LIMIT
    while (lock := FolderLock.take(folder / SERVER_LOCK)) is None:
        if asyncio.get_running_loop().time() > end:
            raise DataDirTaken(data_dir, None)
        if last:
            await say(last.socket, b"SHUTDOWN\r\n")
        await asyncio.sleep(_LOOK)
    stack.callback(lock.release)
    return lock


def _socket_path(folder: Path, stack: ExitStack) -> Path:
    socket = folder / "redis.sock"
    socket.unlink(missing_ok=True)
    if len(os.fsencode(socket)) <= SOCKET_PATH_LIMIT:
        return socket
    short = Path(tempfile.mkdtemp(prefix="luka-"))  # mode 700
    stack.callback(shutil.rmtree, short, ignore_errors=True)
    return short / "redis.sock"
