"""The bot as its own process, so that it can be killed."""

import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from chaos.children import Child, born
from luka_bot.demo.model import ScriptedOllama
from luka_bot.demo.telegram import LocalTelegram
from tests.luka import MODEL, TOKEN

ROOT = Path(__file__).parent.parent


class Process:
    """`python -m luka_bot` in a clean folder; its log goes to luka.log there."""

    def __init__(self, child: Child) -> None:
        self._child = child

    def kill(self) -> None:
        self._child.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self._child.send_signal(signal.SIGTERM)

    def pause(self) -> None:
        self._child.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._child.send_signal(signal.SIGCONT)

    async def ended(self, seconds: float = 20) -> int:
        return await self._child.ended(seconds)


@dataclass(frozen=True, slots=True)
class Output:
    code: int
    out: str
    err: str


async def luka_command(
    folder: Path,
    *arguments: str,
    typed: str = "",
    program: str = "luka_bot.cli",
    **environment: str,
) -> Output:
    """`python -m luka_bot …` to its end, with nothing in the environment but what is given."""
    keyboard, fingers = os.pipe()
    os.write(fingers, typed.encode())
    os.close(fingers)
    with TemporaryFile() as out, TemporaryFile() as err:
        streams = (keyboard, out.fileno(), err.fileno())
        named = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)} | environment
        async with born(arguments, folder, named, streams, program) as child:
            os.close(keyboard)
            code = await child.ended(30)
        out.seek(0)
        err.seek(0)
        return Output(code, out.read().decode(), err.read().decode())


@asynccontextmanager
async def luka_process(
    folder: Path, telegram: LocalTelegram, model: ScriptedOllama, **environment: str
) -> AsyncIterator[Process]:
    """Killed on the way out if it still runs."""
    named = _environment(folder, telegram, model) | environment
    log_file, nowhere = folder / "luka.log", Path(os.devnull)
    with log_file.open("ab") as log, nowhere.open("rb") as nothing:  # noqa: ASYNC230 - a moment
        streams = (nothing.fileno(), log.fileno(), log.fileno())
        async with born((), folder, named, streams) as child:
            yield Process(child)


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
