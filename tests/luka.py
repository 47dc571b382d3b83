"""The real bot with everything around it: our own Telegram, a scripted model, an embedded store."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import SecretStr

from luka_bot import app
from luka_bot.background import Background
from luka_bot.config import Settings
from luka_bot.demo.model import Answering, Reply, ScriptedOllama
from luka_bot.demo.telegram import Fault, Limits, LocalTelegram
from luka_bot.watch.pulse import USUAL, Pulse

TOKEN = "1:test"
MODEL = "llama3.2"


class Luka:
    """One bot in this process. start() and stop() may be called again: its data stays."""

    def __init__(
        self, telegram: LocalTelegram, model: ScriptedOllama, settings: Settings, tasks: Background
    ) -> None:
        self.telegram = telegram
        self.model = model
        self.settings = settings
        self.pulse = USUAL
        self._tasks = tasks
        self._stop = asyncio.Event()
        self._running: asyncio.Task[None] | None = None

    def twin(self, settings: Settings) -> "Luka":
        """Another bot in the same world, not started yet."""
        twin = Luka(self.telegram, self.model, settings, self._tasks)
        twin.pulse = self.pulse
        return twin

    def start(self) -> None:
        self._stop = asyncio.Event()
        self._running = self._tasks.spawn("luka", app.run(self.settings, self._stop, self.pulse))

    def ask_to_stop(self) -> None:
        self._stop.set()

    async def stop(self) -> None:
        """As SIGTERM does it."""
        self.ask_to_stop()
        if self._running is not None:
            await asyncio.wait([self._running], timeout=20)


def settings_for(telegram_url: str, model_url: str, data_dir: Path, **more: object) -> Settings:
    fields: dict[str, object] = {
        "bot_token": SecretStr(TOKEN),
        "telegram_api_url": telegram_url,
        "ollama_url": model_url,
        "ollama_model": MODEL,
        "data_dir": data_dir,
        "shutdown_grace": 5.0,
        "access": "open",
        "web_port": 0,
        **more,
    }
    return Settings.model_validate(fields)


@asynccontextmanager
async def running_luka(
    data_dir: Path,
    *,
    reply: Answering | Reply | str = "Hello there.",
    limits: Limits | None = None,
    faults: Mapping[str, Fault] | None = None,
    pulse: Pulse = USUAL,
    **settings: object,
) -> AsyncIterator[Luka]:
    """limits: how often our Telegram lets itself be called; without a word, as often as we like.

    faults: what goes wrong with the first call of each of these methods.
    """
    async with (
        LocalTelegram.open(token=TOKEN, limits=limits or Limits.none()) as telegram,
        ScriptedOllama.open(reply=reply) as model,
        Background() as tasks,
    ):
        chosen = settings_for(telegram.url, model.url, data_dir, **settings)
        for method, fault in (faults or {}).items():
            telegram.faults.add(method, fault)
        luka = Luka(telegram, model, chosen, tasks)
        luka.pulse = pulse
        luka.start()
        try:
            yield luka
        finally:
            await luka.stop()
