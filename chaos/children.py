"""Processes that a nursery forks for us, and how they fare."""

import asyncio
import atexit
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from functools import cache
from pathlib import Path

from luka_bot.storage.parent_death import dies_with_parent

ROOT = Path(__file__).parent.parent
READING = 60.0  # s that a nursery takes at most to read all of luka
LOOK = 0.02  # s between two looks whether it listens


class Child:
    """Its parent is the nursery, which tells us its end. close() when nobody needs it any more."""

    def __init__(self, pid: int, news: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.pid = pid
        self._news = news
        self._writer = writer
        self._code: int | None = None

    @property
    def is_alive(self) -> bool:
        if self._code is not None:
            return False
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def send_signal(self, number: signal.Signals) -> None:
        """Nothing happens where it has ended."""
        if self._code is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    async def ended(self, seconds: float) -> int:
        """Its exit code; the negative number of the signal that killed it. TimeoutError."""
        if self._code is None:
            async with asyncio.timeout(seconds):
                self._code = int(await self._news.readline())
        return self._code

    async def close(self) -> None:
        """Killed if it still runs."""
        self.send_signal(signal.SIGKILL)
        try:
            await self.ended(10)
        finally:
            self._writer.close()


@asynccontextmanager
async def born(
    arguments: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    streams: tuple[int, int, int],
    program: str = "luka_bot.cli",
) -> AsyncIterator[Child]:
    """As `bear`; killed on the way out."""
    child = await bear(arguments, folder, environment, streams, program)
    try:
        yield child
    finally:
        await child.close()


async def bear(
    arguments: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    streams: tuple[int, int, int],
    program: str = "luka_bot.cli",
) -> Child:
    """`luka-bot arguments` with these as its standard streams. program: the module whose main it
    is."""
    connection = await _connected(_nursery())
    order = {
        "program": program,
        "arguments": arguments,
        "folder": str(folder),
        "environment": environment,
    }
    socket.send_fds(connection, [json.dumps(order).encode()], streams)
    news, writer = await asyncio.open_unix_connection(sock=connection)
    try:
        return Child(int(await news.readline()), news, writer)
    except BaseException:  # whoever is cancelled now leaves its end to the nursery's
        writer.close()
        raise


@cache
def _nursery() -> str:
    """One for all whom this process starts; it ends with us."""
    path = str(Path(tempfile.mkdtemp(prefix="luka-nursery-")) / "socket")
    nursery = subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "chaos.nursery", path],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        preexec_fn=dies_with_parent(),  # noqa: PLW1509 - only a system call
    )
    atexit.register(_closed, nursery, Path(path).parent)
    return path


def _closed(nursery: subprocess.Popen[bytes], folder: Path) -> None:
    nursery.kill()
    nursery.wait()
    shutil.rmtree(folder)


async def _connected(path: str) -> socket.socket:
    """Waits until it listens."""
    connection = socket.socket(socket.AF_UNIX)
    async with asyncio.timeout(READING):
        while True:
            try:
                connection.connect(path)
            except (FileNotFoundError, ConnectionRefusedError):
                await asyncio.sleep(LOOK)
            else:
                return connection
