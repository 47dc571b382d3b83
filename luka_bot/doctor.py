"""What is wrong with this installation, and how to mend it."""

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from aiogram.exceptions import AiogramError, TelegramUnauthorizedError

from luka_bot.app import open_bot
from luka_bot.composition import open_model
from luka_bot.config import Settings
from luka_bot.health import Finding
from luka_bot.models.errors import LukaError, ModelAway, ModelError, TokenRefused
from luka_bot.storage.connect import open_storage
from luka_bot.storage.inbox_records import DeadLetter, InboxRecords

DEAD_SHOWN = 100  # updates; more needn't be counted to be too many


async def examine(settings: Settings) -> list[Finding]:
    return list(await asyncio.gather(_telegram(settings), _storage(settings), _model(settings)))


async def _telegram(settings: Settings) -> Finding:
    what = "Telegram"
    if not settings.bot_token.get_secret_value():
        remedy = "Get one from @BotFather, put it into .env as BOT_TOKEN=…"
        return Finding(what, "there is no BOT_TOKEN", remedy)
    try:
        async with open_bot(settings) as bot:
            me = await bot.get_me(request_timeout=10)
    except (TelegramUnauthorizedError, TokenRefused):
        remedy = "Ask @BotFather: /mybots, your bot, API Token."
        return Finding(what, "Telegram doesn't know this BOT_TOKEN", remedy)
    except AiogramError as error:
        remedy = f"Is this machine online, and is TELEGRAM_API_URL right? {_kind(error)}"
        return Finding(what, f"no answer from {settings.telegram_api_url}", remedy)
    return Finding(what, f"the token belongs to @{me.username}")


async def _storage(settings: Settings) -> Finding:
    try:
        async with open_storage(settings.redis_url, settings.data_dir, attach=True) as storage:
            await storage.ping()
            dead = await InboxRecords(storage, time.time).dead(DEAD_SHOWN)
    except LukaError as error:
        remedy = "Start Redis, or leave REDIS_URL empty: luka then runs its own."
        return Finding("Storage", str(error), remedy)
    return Finding("Storage", f"answers ({storage.kind.value})", note=_unhandled(dead))


async def _model(settings: Settings) -> Finding:
    what, wanted = "Model", settings.ollama_model
    try:
        async with open_model(settings) as model:
            names = [installed.name for installed in await model.installed()]
    except ModelAway as error:
        remedy = "Start it with `ollama serve`, or set OLLAMA_URL."
        return Finding(what, f"nobody answers at {error.url}", remedy)
    except ModelError as error:
        remedy = "Is OLLAMA_URL really Ollama's address?"
        return Finding(what, f"the server refused: {error}", remedy)
    if wanted not in names and f"{wanted}:latest" not in names:
        have = ", ".join(names) or "none at all"
        remedy = f"ollama pull {wanted} (installed: {have})"
        return Finding(what, f"{wanted} isn't installed", remedy)
    return Finding(what, f"{wanted} is installed")


def _unhandled(dead: Sequence[DeadLetter]) -> str:
    """Nobody else tells of them once the log is gone."""
    if not dead:
        return ""
    count = f"{DEAD_SHOWN} or more" if len(dead) == DEAD_SHOWN else str(len(dead))
    updates = "1 update" if len(dead) == 1 else f"{count} updates"
    when = f"{datetime.fromtimestamp(dead[0].at, UTC):%Y-%m-%d %H:%M} UTC"
    return (
        f"{updates} could not be handled in the last 14 days; the newest, {when}: {dead[0].reason}"
    )


def _kind(error: Exception) -> str:
    return type(error).__name__
