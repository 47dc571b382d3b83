"""What is wrong with this installation, and how to mend it."""

import asyncio
import os
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramUnauthorizedError,
)
from aiogram.types import WebhookInfo

from luka_bot.bot_api import open_bot
from luka_bot.composition import model_addresses, open_model
from luka_bot.config import Settings
from luka_bot.executors.examined import examined
from luka_bot.health import Finding
from luka_bot.ingest.registration import Endpoint
from luka_bot.models.errors import (
    LukaError,
    ModelAway,
    ModelError,
    ModelFailed,
    ModelKeyRefused,
    TokenRefused,
)
from luka_bot.storage.connect import open_storage
from luka_bot.storage.inbox_records import DeadLetter, InboxRecords
from luka_bot.storage.sentinel import SCHEME

DEAD_SHOWN = 100  # updates; more needn't be counted to be too many


async def examine(settings: Settings) -> list[Finding]:
    found = await asyncio.gather(_telegram(settings), _storage(settings), _model(settings))
    return [*found, *await _commands(settings)]


async def _telegram(settings: Settings) -> Finding:
    what = "Telegram"
    if not settings.bot_token.get_secret_value():
        remedy = "Get one from @BotFather, put it into .env as BOT_TOKEN=…"
        return Finding(what, "there is no BOT_TOKEN", remedy)
    try:
        async with open_bot(settings) as bot:
            me = await bot.get_me(request_timeout=10)
            if settings.admin_chat_id is not None:
                await bot.get_chat(settings.admin_chat_id, request_timeout=10)
            webhook = await bot.get_webhook_info(request_timeout=10)
    except TelegramMigrateToChat as moved:
        remedy = f"It has another number now: ADMIN_CHAT_ID={moved.migrate_to_chat_id}"
        return Finding(what, "the group ADMIN_CHAT_ID became a supergroup", remedy)
    except (TelegramBadRequest, TelegramForbiddenError):
        remedy = "Add the bot to that group, and see that its number is right."
        return Finding(what, "the bot isn't in the group ADMIN_CHAT_ID", remedy)
    except (TelegramUnauthorizedError, TokenRefused):
        remedy = "Ask @BotFather: /mybots, your bot, API Token."
        return Finding(what, "Telegram doesn't know this BOT_TOKEN", remedy)
    except AiogramError as error:
        remedy = f"Is this machine online, and is TELEGRAM_API_URL right? {_kind(error)}"
        return Finding(what, f"no answer from {settings.telegram_api_url}", remedy)
    says = f"the token belongs to @{me.username}"
    return Finding(what, says, note=_way_in(settings, webhook))


def _way_in(settings: Settings, webhook: WebhookInfo) -> str:
    if not settings.webhook_url:
        return "a webhook is set; luka removes it when it starts" if webhook.url else ""
    if webhook.url != Endpoint.of(settings.webhook_url, settings.webhook_secret).url:
        return "Telegram doesn't know our WEBHOOK_URL yet; luka sets it when it starts"
    if webhook.pending_update_count and webhook.last_error_message:
        return f"Telegram can't bring {webhook.pending_update_count} updates to WEBHOOK_URL: " + (
            webhook.last_error_message
        )
    return ""


async def _storage(settings: Settings) -> Finding:
    try:
        async with open_storage(
            settings.redis_url, settings.data_dir, attach=True, lives=settings.lives
        ) as storage:
            await storage.ping()
            dead = await InboxRecords(storage, time.time).dead(DEAD_SHOWN)
    except LukaError as error:
        remedy = _how_to_reach_storage(settings)
        return Finding("Storage", str(error), remedy)
    return Finding("Storage", f"answers ({storage.kind.value})", note=_unhandled(dead))


def _how_to_reach_storage(settings: Settings) -> str:
    if settings.redis_url.startswith(SCHEME):
        return "Do the Sentinels run, and does REDIS_URL name them and their service rightly?"
    if settings.redis_url:
        return "Start Redis, correct REDIS_URL, or leave REDIS_URL empty: luka then runs its own."
    return "Can luka write to DATA_DIR? What its own server says is in redis/server.log there."


async def _model(settings: Settings) -> Finding:
    if settings.llm_api == "openai":
        return await _model_server(settings)
    each = [settings.model_copy(update={"ollama_url": url}) for url in settings.ollama_urls]
    findings = await asyncio.gather(*map(_model_server, each))
    return findings[0] if len(findings) == 1 else _together(settings.model, findings)


async def _model_server(settings: Settings) -> Finding:
    what, wanted, where = "Model", settings.model, model_addresses(settings)[0]
    try:
        async with open_model(settings) as model:
            names = [installed.name for installed in await model.installed()]
    except ModelAway:
        return Finding(what, f"nobody answers at {where}", _how_to_reach(settings))
    except ModelKeyRefused:
        key = "LLM_KEY" if settings.llm_api == "openai" else "the password in OLLAMA_URL"
        return Finding(what, f"{where} doesn't let us in", f"Look at {key}.")
    except ModelError as error:
        name = "LLM_URL" if settings.llm_api == "openai" else "OLLAMA_URL"
        remedy = f"Is {name} really the address of such a server?"
        return Finding(what, f"{where} refused: {_detail(error)}", remedy)
    if wanted not in names and f"{wanted}:latest" not in names:
        return Finding(what, f"{wanted} isn't installed at {where}", _how_to_get(settings, names))
    return Finding(what, f"{wanted} is installed at {where}")


def _together(model: str, findings: Sequence[Finding]) -> Finding:
    """One server is enough for answers; the others are worth a word."""
    bad = [finding for finding in findings if not finding.well]
    note = "; ".join(f"{finding.says} ({finding.remedy})" for finding in bad)
    if len(bad) == len(findings):
        says = "; ".join(finding.says for finding in bad)
        return Finding("Model", says, " ".join(dict.fromkeys(finding.remedy for finding in bad)))
    good = len(findings) - len(bad)
    return Finding("Model", f"{model} is installed on {good} of {len(findings)} servers", note=note)


def _how_to_reach(settings: Settings) -> str:
    if settings.llm_api == "openai":
        return "Start the server, or correct LLM_URL."
    return "Start it with `ollama serve`, or set OLLAMA_URL."


def _how_to_get(settings: Settings, names: Sequence[str]) -> str:
    there = ", ".join(names) or "none at all"
    if settings.llm_api == "openai":
        return f"Set LLM_MODEL to a model that the server has: {there}"
    return f"ollama pull {settings.model} (installed: {there})"


async def _commands(settings: Settings) -> list[Finding]:
    """Nothing where no job is done by a command."""
    kinds = settings.kinds_of_jobs.values()
    if all(kind.executor != "command" for kind in kinds):
        return []
    found = await examined(settings, os.environ)
    return [Finding("Commands", found.says, found.remedy, found.note)]


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


def _detail(error: ModelError) -> str:
    match error:
        case ModelFailed(status=status, detail=detail):
            return f"{status}, {detail}"
        case _:
            return str(error)


def _kind(error: Exception) -> str:
    return type(error).__name__
