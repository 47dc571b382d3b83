"""Two lukas on one Valkey, the model that both ask, and a Telegram of our own."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import psutil

from bench.contender import BotFailed, ended
from bench.conversations.model import MODEL, scripted
from bench.witness import Witness
from chaos.relay import HOST, free_port
from luka_bot.demo.telegram import Limits, LocalTelegram
from luka_bot.storage.binary import server_binary
from luka_bot.storage.embedded import embedded_server
from luka_bot.storage.parent_death import dies_with_parent

ROOT = Path(__file__).parent.parent.parent
TOKEN = "1:bench"
START_LIMIT = 60.0  # s until it answers
LOOK = 0.05  # s between two looks
NO_LIMIT = "1000000"


@dataclass(frozen=True, slots=True)
class Replica:
    url: str
    pid: int

    @property
    def rss(self) -> float:
        """MiB."""
        return float(psutil.Process(self.pid).memory_info().rss) / 2**20


@dataclass(frozen=True, slots=True)
class Stage:
    """socket: the store's."""

    replicas: tuple[Replica, ...]
    telegram: LocalTelegram
    witness: Witness
    socket: Path

    def url(self, index: int) -> str:
        """People are spread over the replicas."""
        return self.replicas[index % len(self.replicas)].url

    @property
    def rss(self) -> float:
        """MiB, of all replicas."""
        return sum(replica.rss for replica in self.replicas)


@asynccontextmanager
async def staged(folder: Path, replicas: int = 2) -> AsyncIterator[Stage]:
    """All of them answer when this enters. Their logs and the store's data go to folder."""
    binary = server_binary()
    if binary is None:
        raise RuntimeError("no Redis server was found to run luka on")
    async with AsyncExitStack() as stack:
        socket = await stack.enter_async_context(embedded_server(binary, folder / "store"))
        telegram = await stack.enter_async_context(
            LocalTelegram.open(token=TOKEN, limits=Limits.none())
        )
        model_url = await stack.enter_async_context(scripted())
        surroundings = {
            "TELEGRAM_API_URL": telegram.url,
            "OLLAMA_URL": model_url,
            "REDIS_URL": f"unix://{socket}",
        }
        opening = [
            stack.enter_async_context(_replica(folder / f"luka-{number}", surroundings))
            for number in range(1, replicas + 1)
        ]
        lukas = tuple([await one for one in opening])
        yield Stage(lukas, telegram, Witness(telegram), socket)


@asynccontextmanager
async def _replica(home: Path, surroundings: dict[str, str]) -> AsyncIterator[Replica]:
    home.mkdir()  # noqa: ASYNC240 - a moment, before anything runs
    port = free_port()
    process = await _started(home, _environment(port, home) | surroundings)
    try:
        url = f"http://{HOST}:{port}"
        await _until_ready(url, process, home)
        yield Replica(url, process.pid)
    finally:
        await ended(process)


def _environment(port: int, home: Path) -> dict[str, str]:
    """As shipped, but that nobody is held back."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "BOT_TOKEN": TOKEN,
        "OLLAMA_MODEL": MODEL,
        "DATA_DIR": str(home / "data"),
        "WEB_PORT": str(port),
        "ACCESS": "open",
        "MAX_CONCURRENT_GENERATIONS": "100",
        "FLOOD_PER_MINUTE": "0",
        "CHAT__LIMITS__MESSAGES_PER_10S": NO_LIMIT,
    }


async def _started(home: Path, environment: dict[str, str]) -> Process:
    with (home / "log").open("ab") as log:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "luka_bot",
            "run",
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
