"""The composition root: opens, joins and closes everything."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramUnauthorizedError
from aiogram.methods import EditMessageText, Response, SendChatAction, SendMessage
from aiogram.utils.token import TokenValidationError

from luka_bot.composition import Services, open_services
from luka_bot.config import Settings
from luka_bot.delivery.courier import Courier
from luka_bot.delivery.pace import Paces
from luka_bot.handlers.answering import Answering
from luka_bot.handlers.commands import register_commands
from luka_bot.handlers.dispatch import Dispatch, build_dispatcher
from luka_bot.handlers.raw_notices import RawNotices
from luka_bot.handlers.screen import Screen
from luka_bot.ingest.intake import Intake
from luka_bot.ingest.poller import Poller
from luka_bot.ingest.polling import LEASE_SECONDS, Polling
from luka_bot.ingest.raw_updates import RawGetUpdates
from luka_bot.models.errors import StorageOfAnotherBot, TokenRefused
from luka_bot.storage.inbox import Inbox
from luka_bot.storage.leases import Lease

log = structlog.get_logger(__name__)

# aiogram reads each answer through such a type, and pydantic builds one anew (6 ms) whenever nobody
# holds it. Holding them saves luka a fifth of its work.
HELD_TYPES = tuple(
    Response[method.__returning__]  # type: ignore[name-defined] # made at run time
    for method in (SendMessage, EditMessageText, SendChatAction, RawGetUpdates)
)


@asynccontextmanager
async def open_bot(settings: Settings) -> AsyncIterator[Bot]:
    """Raises TokenRefused when the token can't be one."""
    server = TelegramAPIServer.from_base(settings.telegram_api_url)
    try:
        bot = Bot(settings.bot_token.get_secret_value(), session=AiohttpSession(api=server))
    except TokenValidationError:
        raise TokenRefused from None
    try:
        yield bot
    finally:
        await bot.session.close()


async def run(settings: Settings, stop: asyncio.Event) -> None:
    """The bot, until stop is set; then running answers have shutdown_grace seconds to end.

    Raises TokenRefused, StorageOfAnotherBot, DataDirTaken or StorageAway when it can't begin.
    """
    async with open_services(settings) as services, open_bot(settings) as bot:
        courier = Courier(bot, Paces(time.monotonic))
        notices = RawNotices(courier, services.background, time.monotonic)
        inbox = Inbox(services.storage, time.time)
        dispatch = Dispatch(_dispatcher(settings, services, courier), bot)
        intake = Intake(inbox, dispatch, notices)
        poller = Poller(bot, inbox, intake, notices, time.time)
        lease = Lease(services.storage, f"poller:{bot.id}", LEASE_SECONDS)
        services.background.spawn("register commands", register_commands(bot))
        log.info("luka.started", storage=services.storage.kind.value, model=settings.ollama_model)
        await _poll(Polling(lease, poller, intake, settings.shutdown_grace), stop)
    log.info("luka.stopped")


def _dispatcher(settings: Settings, services: Services, courier: Courier) -> Dispatcher:
    answering = Answering(
        courier,
        services.turns,
        services.background,
        time.monotonic,
        previews=settings.stream_mode != "off",
    )
    return build_dispatcher(
        threads=services.threads,
        turns=services.turns,
        courier=courier,
        answering=answering,
        screen=Screen(courier, services.threads, settings.ollama_model),
    )


async def _poll(polling: Polling, stop: asyncio.Event) -> None:
    try:
        await polling.run(stop)
    except* TelegramUnauthorizedError as refused:
        raise TokenRefused from refused
    except* StorageOfAnotherBot as refused:
        raise refused.exceptions[0] from None
