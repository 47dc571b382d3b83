"""A server as a process of its own."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import psutil

from bench.contender import BotFailed, ended
from chaos.relay import HOST
from luka_bot.storage.parent_death import dies_with_parent

ROOT = Path(__file__).parent.parent.parent
START_LIMIT = 60.0  # s until it answers
LOOK = 0.05  # s between two looks


@dataclass(frozen=True, slots=True)
class Replica:
    url: str
    pid: int

    @property
    def rss(self) -> float:
        """MiB."""
        return float(psutil.Process(self.pid).memory_info().rss) / 2**20


@asynccontextmanager
async def replica(
    home: Path, port: int, arguments: Sequence[str], environment: dict[str, str]
) -> AsyncIterator[Replica]:
    """`python -m …`; it answers when this enters. Its log goes to home, which is made."""
    home.mkdir()  # noqa: ASYNC240 - a moment, before anything runs
    paths = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    process = await _started(home, arguments, paths | environment)
    try:
        url = f"http://{HOST}:{port}"
        await _until_ready(url, process, home)
        yield Replica(url, process.pid)
    finally:
        await ended(process)


async def _started(home: Path, arguments: Sequence[str], environment: dict[str, str]) -> Process:
    with (home / "log").open("ab") as log:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            *arguments,
            cwd=home,
            env=environment,
            stdin=DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=dies_with_parent() if sys.platform == "linux" else None,
        )


async def _until_ready(url: str, process: Process, home: Path) -> None:
    async with aiohttp.ClientSession() as session:
        try:
            async with asyncio.timeout(START_LIMIT):
                while not await _is_ready(session, url):
                    if process.returncode is not None:
                        raise BotFailed("ended", home)
                    await asyncio.sleep(LOOK)
        except TimeoutError:
            raise BotFailed("isn't ready", home) from None


async def _is_ready(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with session.get(f"{url}/health/ready") as answer:
            return answer.status == 200
    except aiohttp.ClientError:
        return False
