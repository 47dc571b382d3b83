"""The bot as its own process, so that it can be killed."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from luka_bot.demo.model import ScriptedOllama
from luka_bot.demo.telegram import LocalTelegram
from tests.luka import MODEL, TOKEN

ROOT = Path(__file__).parent.parent


class Process:
    """`python -m luka_bot` in a clean folder; its log goes to luka.log there."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    def kill(self) -> None:
        self._process.kill()

    def terminate(self) -> None:
        self._process.send_signal(signal.SIGTERM)

    def pause(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    async def ended(self, seconds: float = 20) -> int:
        return await asyncio.wait_for(self._process.wait(), seconds)


@dataclass(frozen=True, slots=True)
class Output:
    code: int
    out: str
    err: str


async def luka_command(
    folder: Path, *arguments: str, typed: str = "", **environment: str
) -> Output:
    """`python -m luka_bot …` to its end, with nothing in the environment but what is given."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "luka_bot",
        *arguments,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)} | environment,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(30):
            out, err = await process.communicate(typed.encode())
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return Output(process.returncode or 0, out.decode(), err.decode())


@asynccontextmanager
async def luka_process(
    folder: Path, telegram: LocalTelegram, model: ScriptedOllama, **environment: str
) -> AsyncIterator[Process]:
    """Killed on the way out if it still runs."""
    with (folder / "luka.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "luka_bot",
            cwd=folder,
            env=_environment(folder, telegram, model) | environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        yield Process(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def _environment(folder: Path, telegram: LocalTelegram, model: ScriptedOllama) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": telegram.url,
        "OLLAMA_URL": model.url,
        "OLLAMA_MODEL": MODEL,
        "DATA_DIR": str(folder / "data"),
        "LOG_LEVEL": "debug",
        "WEB_PORT": "0",
    }
