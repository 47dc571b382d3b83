"""A Redis of our own: started with us, stopped with us, its data kept."""

import asyncio
import os
import shutil
import sys
import tempfile
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncGenerator
from contextlib import ExitStack, asynccontextmanager, suppress
from pathlib import Path

import structlog

from luka_bot.models.errors import DataDirTaken, StorageAway
from luka_bot.storage.folder_lock import FolderLock, Holder, holder
from luka_bot.storage.parent_death import dies_with_parent

log = structlog.get_logger(__name__)

LUKA_LOCK = "luka.lock"  # held by us
SERVER_LOCK = "server.lock"  # held by our server as well, so it outlasts us if the server does
SOCKET_PATH_LIMIT = 103  # bytes; Linux takes 107, macOS 103
START_LIMIT = 30.0  # s until it answers; a long append-only file takes a while to load
STOP_LIMIT = 10.0  # s for it to write all out
ORPHAN_LIMIT = 10.0  # s that the server of a luka that was killed may take to go
_LOOK = 0.01  # s between two looks whether it is ready, or gone


@asynccontextmanager
async def embedded_server(binary: Path, data_dir: Path) -> AsyncGenerator[Path, None]:
    """The path of its socket, ready when this enters. Raises DataDirTaken, StorageAway."""
    folder = server_folder(data_dir)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    with ExitStack() as stack:
        lock = _lock(data_dir, stack)
        inherited = await _server_lock(data_dir, stack)
        socket = _socket_path(folder, stack)
        lock.sign(Holder(os.getpid(), socket))
        server = await _start(binary, folder, socket, inherited)
        try:
            await _ready(server, socket, folder)
            log.info("storage.started", server=binary.name)
            yield socket
        finally:
            await _stop(server)


def server_folder(data_dir: Path) -> Path:
    return data_dir.resolve() / "redis"


def running_socket(data_dir: Path) -> Path | None:
    """Where the server of another luka listens on the same data; None if none runs."""
    path = server_folder(data_dir) / LUKA_LOCK
    lock = FolderLock.take(path) if path.exists() else None
    if lock is not None:
        lock.release()
        return None
    signed = holder(path)
    return signed.socket if signed else None


async def answers(socket: Path) -> bool:
    """It has loaded its data and speaks."""
    return await _say(socket, b"PING\r\n") == b"+PONG\r\n"


async def _say(socket: Path, command: bytes) -> bytes:
    try:
        async with asyncio.timeout(1):
            reader, writer = await asyncio.open_unix_connection(socket)
            try:
                writer.write(command)
                return await reader.readline()
            finally:
                writer.close()
                with suppress(OSError):
                    await writer.wait_closed()
    except (OSError, TimeoutError):
        return b""


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
            await _say(last.socket, b"SHUTDOWN\r\n")
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


async def _start(binary: Path, folder: Path, socket: Path, lock: FolderLock) -> Process:
    """In a session of its own: Ctrl-C is for us, and we stop it when our last words are stored."""
    return await asyncio.create_subprocess_exec(
        binary,
        *_options(folder, socket),
        stdin=DEVNULL,
        stdout=DEVNULL,
        stderr=DEVNULL,
        cwd=folder,
        env={"LC_ALL": "C", "PATH": os.defpath},  # our token is none of its business
        start_new_session=True,
        pass_fds=[lock.file],
        preexec_fn=dies_with_parent() if sys.platform == "linux" else None,
    )


def _options(folder: Path, socket: Path) -> list[str]:
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
        "logfile": str(folder / "server.log"),
        "loglevel": "warning",
    }
    return [text for name, value in options.items() for text in (f"--{name}", value)]


async def _ready(server: Process, socket: Path, folder: Path) -> None:
    try:
        async with asyncio.timeout(START_LIMIT):
            while server.returncode is None and not await answers(socket):
                with suppress(TimeoutError):
                    await asyncio.wait_for(server.wait(), _LOOK)
    except TimeoutError:
        raise StorageAway(f"our server took over {START_LIMIT:.0f} s to start") from None
    if server.returncode is not None:
        why = f"our server ended with {server.returncode}; see {folder / 'server.log'}"
        raise StorageAway(why)


async def _stop(server: Process) -> None:
    """SIGTERM lets it write all out."""
    if server.returncode is not None:
        log.warning("storage.was_gone", code=server.returncode)
        return
    with suppress(ProcessLookupError):
        server.terminate()
    try:
        async with asyncio.timeout(STOP_LIMIT):
            await server.wait()
    except TimeoutError:
        log.warning("storage.killed", seconds=STOP_LIMIT)
        server.kill()
        await server.wait()
