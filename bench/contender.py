"""A bot as its own process, with a Telegram to itself: what it did there, and what it cost."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.witness import Witness
from luka_bot.demo.telegram import Limits, LocalTelegram

ROOT = Path(__file__).parent.parent
TOKEN = "1:bench"
MODEL = "llama3.2"
START_LIMIT = 60.0  # s until it polls
STOP_LIMIT = 30.0  # s to end after SIGTERM

LUKA = ("-m", "luka_bot", "run")
UNPACED_LUKA = ("-m", "bench.unpaced_luka")
FLOOR = (str(ROOT / "bench" / "floor_bot.py"),)


class BotFailed(Exception):
    """A bot that doesn't do its work can't be measured."""

    def __init__(self, what: str, home: Path) -> None:
        log = (home / "log").read_text("utf-8", "replace")
        super().__init__(f"{home.name} {what}. Its log ends:\n{log[-2000:]}")


@dataclass(frozen=True, slots=True)
class Spent:
    """CPU seconds since the process began, and memory in MiB; store is the embedded server's."""

    cpu: float
    store_cpu: float
    rss: float
    store_rss: float


class Contender:
    """Made by `contender`."""

    def __init__(self, telegram: LocalTelegram, pid: int, home: Path) -> None:
        self.telegram = telegram
        self.home = home
        self.witness = Witness(telegram)
        self._process = psutil.Process(pid)

    def spent(self) -> Spent:
        children = self._process.children(recursive=True)
        return Spent(
            cpu=_cpu(self._process),
            store_cpu=sum(map(_cpu, children)),
            rss=_rss(self._process),
            store_rss=sum(map(_rss, children)),
        )


@asynccontextmanager
async def contender(
    name: str, arguments: tuple[str, ...], folder: Path, model_url: str, **settings: str
) -> AsyncIterator[Contender]:
    """The bot polls when this enters, and has ended when it leaves. Its log goes to folder.

    settings: more of its environment.
    """
    home = folder / name
    home.mkdir()
    async with LocalTelegram.open(token=TOKEN, limits=Limits.none()) as telegram:
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": telegram.url,
            "OLLAMA_URL": model_url,
            "OLLAMA_MODEL": MODEL,
            "DATA_DIR": str(home / "data"),
            "WEB_PORT": "0",  # several of them run side by side
            "MAX_CONCURRENT_GENERATIONS": "100",  # the floor lets nobody wait either
            **settings,
        }
        process = await _started(arguments, home, environment)
        try:
            await _until_polling(telegram, process, home)
            yield Contender(telegram, process.pid, home)
        finally:
            await ended(process)


async def _started(arguments: tuple[str, ...], home: Path, environment: dict[str, str]) -> Process:
    with (home / "log").open("ab") as log:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            *arguments,
            cwd=home,
            env=environment,
            stdin=DEVNULL,
            stdout=log,
            stderr=log,
        )


async def _until_polling(telegram: LocalTelegram, process: Process, home: Path) -> None:
    updates = telegram.world.updates
    with suppress(TimeoutError):
        await telegram.wait_for(
            lambda: updates.is_polled or process.returncode is not None, START_LIMIT
        )
    if not updates.is_polled:
        raise BotFailed("doesn't poll", home)


async def ended(process: Process) -> None:
    if process.returncode is None:
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), STOP_LIMIT)
    except TimeoutError:
        process.kill()
        await process.wait()


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


def _rss(process: psutil.Process) -> float:
    return process.memory_info().rss / 2**20
