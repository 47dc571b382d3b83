"""The process of our own server: started, started again when it ends by itself, stopped."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, Process
from contextlib import suppress
from pathlib import Path

import structlog

from luka_bot.models.errors import StorageAway
from luka_bot.storage.folder_lock import FolderLock
from luka_bot.storage.parent_death import dies_with_parent

log = structlog.get_logger(__name__)

START_LIMIT = 30.0  # s until it answers; a long append-only file takes a while to load
STOP_LIMIT = 10.0  # s for it to write all out
FIRST_PAUSE = 0.1  # s before it is started again; each further pause is twice as long
LONGEST_PAUSE = 10.0
STEADY = 60.0  # s; one that ran so long didn't fail to start, so the next pause is short again
_LOOK = 0.01  # s between two looks whether it is ready


class Server:
    """lock is handed to the process, so that it is held until that ends, even after us."""

    def __init__(self, binary: Path, folder: Path, socket: Path, lock: FolderLock) -> None:
        self._binary = binary
        self._folder = folder
        self._socket = socket
        self._lock = lock
        self._process: Process | None = None

    async def start(self) -> None:
        """It answers when this returns. Raises StorageAway; `stop` is due even then."""
        try:
            self._process = await self._spawn()
        except OSError as error:
            raise StorageAway(f"{self._binary} can't be started: {error.strerror}") from error
        await self._ready(self._process)

    async def keep(self) -> None:
        """Start it again, with its data, whenever it ends; until cancelled, which stops nothing."""
        loop = asyncio.get_running_loop()
        pause = FIRST_PAUSE
        while self._process is not None:
            began = loop.time()
            code = await self._process.wait()
            if loop.time() - began > STEADY:
                pause = FIRST_PAUSE
            log.error("storage.ended", code=code, pause=pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
            try:
                await self.start()
            except StorageAway as error:  # it ended again, or is loading still: wait() tells
                log.error("storage.not_restarted", error=str(error))  # noqa: TRY400 - it says all
            else:
                log.warning("storage.restarted", server=self._binary.name)

    async def stop(self) -> None:
        """SIGTERM lets it write all out."""
        server = self._process
        if server is None or server.returncode is not None:
            log.warning("storage.was_gone")
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

    async def _spawn(self) -> Process:
        """In a session of its own: Ctrl-C is for us, and we stop it after our last words."""
        return await asyncio.create_subprocess_exec(
            self._binary,
            *_options(self._folder, self._socket),
            stdin=DEVNULL,
            stdout=DEVNULL,
            stderr=DEVNULL,
            cwd=self._folder,
            env={"LC_ALL": "C", "PATH": os.defpath},  # our token is none of its business
            start_new_session=True,
            pass_fds=[self._lock.file],
            preexec_fn=dies_with_parent() if sys.platform == "linux" else None,
        )

    async def _ready(self, server: Process) -> None:
        try:
            async with asyncio.timeout(START_LIMIT):
                while server.returncode is None and not await answers(self._socket):
                    with suppress(TimeoutError):  # wait_for could swallow our being cancelled
                        async with asyncio.timeout(_LOOK):
                            await server.wait()
        except TimeoutError:
            raise StorageAway(f"our server took over {START_LIMIT:.0f} s to start") from None
        if server.returncode is not None:
            where = self._folder / "server.log"
            raise StorageAway(f"our server ended with {server.returncode}; see {where}")


async def answers(socket: Path) -> bool:
    """It has loaded its data and speaks."""
    return await say(socket, b"PING\r\n") == b"+PONG\r\n"


async def say(socket: Path, command: bytes) -> bytes:
    """The first line of the reply; empty if nobody is there."""
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


def _options(folder: Path, socket: Path) -> list[str]:
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "appendfsync": "always",  # what we confirm to Telegram is on disk, even if the power fails
        "save": "",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
        "logfile": str(folder / "server.log"),
        "loglevel": "warning",
    }
    return [text for name, value in options.items() for text in (f"--{name}", value)]
