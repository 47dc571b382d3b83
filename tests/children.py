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
from tests.waiting import wait_until

ROOT = Path(__file__).parent.parent
READING = 60.0  # s that a nursery takes at most to read all of luka


class Child:
    def __init__(self, pid: int, news: asyncio.StreamReader) -> None:
        self.pid = pid
        self._news = news
        self._code: int | None = None

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


@asynccontextmanager
async def born(
    arguments: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    streams: tuple[int, int, int],
    program: str = "luka_bot.cli",
) -> AsyncIterator[Child]:
    """`luka-bot arguments` with these as its standard streams; killed on the way out.

    program: the module whose main it is.
    """
    connection = await _connected(_nursery())
    order = {
        "program": program,
        "arguments": arguments,
        "folder": str(folder),
        "environment": environment,
    }
    socket.send_fds(connection, [json.dumps(order).encode()], streams)
    news, writer = await asyncio.open_unix_connection(sock=connection)
    child = Child(int(await news.readline()), news)
    try:
        yield child
    finally:
        child.send_signal(signal.SIGKILL)
        await child.ended(10)
        writer.close()


@cache
def _nursery() -> str:
    """One for all tests of this process; it ends with us."""
    path = str(Path(tempfile.mkdtemp(prefix="luka-nursery-")) / "socket")
    nursery = subprocess.Popen(
        [sys.executable, "-m", "tests.nursery", path],
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

    def listens() -> bool:
        try:
            connection.connect(path)
        except (FileNotFoundError, ConnectionRefusedError):
            return False
        return True

    await wait_until(listens, READING)
    return connection
