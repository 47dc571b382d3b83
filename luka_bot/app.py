"""The composition root: opens, joins and closes everything."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import structlog
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramUnauthorizedError
from aiogram.methods import EditMessageText, Response, SendChatAction, SendMessage
from aiogram.utils.token import TokenValidationError
from aiohttp import web

from luka_bot.background import unless
from luka_bot.composition import Services, open_services
from luka_bot.config import Settings
from luka_bot.delivery.courier import Courier
from luka_bot.delivery.pace import Paces
from luka_bot.handlers.alarm_notices import AlarmNotices
from luka_bot.handlers.answering import Answering
from luka_bot.handlers.commands import register_commands
from luka_bot.handlers.dispatch import Dispatch, build_dispatcher
from luka_bot.handlers.raw_notices import RawNotices
from luka_bot.handlers.screen import Screen
from luka_bot.ingest.arrivals import Arrivals
from luka_bot.ingest.backoff import Backoff
from luka_bot.ingest.intake import STORAGE_RETRY, Intake
from luka_bot.ingest.poller import Poller
from luka_bot.ingest.polling import LEASE_SECONDS, Polling
from luka_bot.ingest.raw_updates import RawGetUpdates
from luka_bot.ingest.reader import Reader
from luka_bot.ingest.replica import Replica
from luka_bot.models.errors import StorageAway, TokenRefused
from luka_bot.models.ids import ChatId
from luka_bot.storage.inbox import Inbox
from luka_bot.storage.inbox_records import InboxRecords
from luka_bot.storage.leases import Lease
from luka_bot.storage.replicas import Membership
from luka_bot.watch.build import build_watchdog
from luka_bot.watch.pulse import USUAL, Pulse
from luka_bot.watch.senses import Senses
from luka_bot.watch.watchdog import Watchdog
from luka_bot.web import health, metrics
from luka_bot.web.server import serving

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


async def run(settings: Settings, stop: asyncio.Event, pulse: Pulse = USUAL) -> None:
    """The bot, until stop is set; then running answers have shutdown_grace seconds to end.

    Raises TokenRefused, StorageOfAnotherBot, DataDirTaken or StorageAway when it can't begin.
    """
    async with open_services(settings) as services, open_bot(settings) as bot:
        vitals = services.vitals
        records = InboxRecords(services.storage, time.time)
        paces = Paces(time.monotonic)
        courier = Courier(bot, paces)
        notices = RawNotices(courier, services.background, time.monotonic)
        membership = Membership(services.storage, time.time)
        inbox = Inbox(services.storage, membership, time.time, settings.inbox_limit)
        dispatch = Dispatch(_dispatcher(settings, services, courier), bot, services.deliveries)
        intake = Intake(inbox, dispatch, notices)
        reader = Reader(inbox, intake, time.monotonic)
        replica = Replica(membership, reader, intake, time.monotonic, paces.share, vitals)
        poller = Poller(bot, Arrivals(inbox, "poll"), records, notices, vitals, pulse.poll_wait)
        lease = Lease(services.storage, f"poller:{bot.id}", LEASE_SECONDS)
        polling = Polling(lease, poller, vitals)
        watchdog = _watchdog(settings, services, courier, records, polling, pulse)
        services.background.spawn("watchdog", watchdog.run())
        routes = _routes(watchdog, membership, records)
        async with _served(settings, routes):
            await unless(stop, _introduce(bot, records))
            services.background.spawn("register commands", register_commands(bot))
            log.info("luka.started", storage=services.storage.kind.value, model=settings.model)
            try:
                async with replica.working(settings.shutdown_grace):
                    await unless(stop, replica.ready())
                    await polling.run(stop)
            except* TelegramUnauthorizedError as refused:
                raise TokenRefused from refused
    log.info("luka.stopped")


@asynccontextmanager
async def _served(settings: Settings, routes: Sequence[web.RouteDef]) -> AsyncIterator[None]:
    if not settings.web_port:
        yield
        return
    async with serving(settings.web_host, settings.web_port, routes):
        yield


def _routes(
    watchdog: Watchdog, membership: Membership, records: InboxRecords
) -> list[web.RouteDef]:
    return [
        *health.routes(watchdog, lambda: membership.replica_id),
        *metrics.routes(metrics.from_inbox(records)),
    ]


def _watchdog(
    settings: Settings,
    services: Services,
    courier: Courier,
    records: InboxRecords,
    polling: Polling,
    pulse: Pulse,
) -> Watchdog:
    senses = Senses(
        vitals=services.vitals,
        storage=services.storage,
        records=records,
        model=services.model,
        model_name=settings.model,
        inbox_limit=settings.inbox_limit,
        poll_anew=polling.poll_anew,
    )
    tellers = []
    if settings.admin_chat_id is not None:
        group, background = ChatId(settings.admin_chat_id), services.background
        tellers.append(AlarmNotices(courier, services.storage, background, group, time.monotonic))
    return build_watchdog(senses, tellers, pulse, time.time)


async def _introduce(bot: Bot, records: InboxRecords) -> None:
    """Whose inbox this is, and who we are: group messages need our name."""
    while True:
        try:
            await records.claim(bot.id)
        except StorageAway as error:
            log.warning("luka.storage_away", error=str(error))
            await asyncio.sleep(STORAGE_RETRY)
        else:
            break
    try:
        await Backoff().until_done(bot.me)
    except TelegramUnauthorizedError as refused:
        raise TokenRefused from refused


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
        screen=Screen(courier, services.threads, settings.model),
    )
