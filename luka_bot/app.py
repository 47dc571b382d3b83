"""The composition root: opens, joins and closes everything."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog
from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramUnauthorizedError
from aiohttp import web

from luka_bot.background import Background, unless
from luka_bot.bot_api import introduce, open_bot
from luka_bot.chat_bridge import open_talks
from luka_bot.composition import Services, open_services
from luka_bot.config import Settings
from luka_bot.delivery.courier import Courier
from luka_bot.doors import Door, Hall, open_door
from luka_bot.first_admin import welcome_first_admin
from luka_bot.handlers.absence import NotesAbsence
from luka_bot.handlers.alarm_notices import AlarmNotices, Audience
from luka_bot.handlers.answering import Answering
from luka_bot.handlers.commands import register_commands
from luka_bot.handlers.dispatch import Dispatch, build_dispatcher
from luka_bot.handlers.moves import IsToldOfMoves
from luka_bot.handlers.raw_notices import RawNotices
from luka_bot.handlers.recently import Recently
from luka_bot.household import Household, keep_house, watch_group
from luka_bot.ingest.intake import Intake
from luka_bot.ingest.reader import Reader
from luka_bot.ingest.replica import Replica
from luka_bot.job_office import JobOffice
from luka_bot.job_worker import open_worker
from luka_bot.locales import words_for
from luka_bot.models.errors import TokenRefused
from luka_bot.office import Papers
from luka_bot.rooms import Ground, open_rooms
from luka_bot.storage.alarms import AlarmBoard
from luka_bot.storage.inbox import Inbox
from luka_bot.storage.inbox_records import InboxRecords
from luka_bot.storage.replicas import Membership
from luka_bot.watch.build import build_watchdog
from luka_bot.watch.pulse import USUAL, Pulse
from luka_bot.watch.senses import Senses
from luka_bot.watch.watchdog import Watchdog
from luka_bot.web import health, metrics
from luka_bot.web.server import serving

FLOOD_SECONDS = 10.0  # for which one sentence answers a flood of questions

log = structlog.get_logger(__name__)


async def run(
    settings: Settings,
    stop: asyncio.Event,
    pulse: Pulse = USUAL,
    say: Callable[[str], None] | None = None,
) -> None:
    """The bot, until stop is set; then running answers have shutdown_grace seconds to end.

    say: prints for whoever starts it what no log may hold.

    Raises TokenRefused, StorageOfAnotherBot, DataDirTaken, AddressTaken or StorageAway when it
    can't begin.
    """
    async with (
        open_bot(settings) as bot,
        open_services(settings) as services,
        open_talks(settings, services, bot) as talks,
    ):
        if say is not None:
            await welcome_first_admin(settings, services, say)
        house = keep_house(settings, services, bot, talks.courier, talks.shared)
        bot.session.middleware(NotesAbsence(services.people))
        bot.session.middleware(IsToldOfMoves(house.moves))
        dispatcher = _dispatcher(settings, services, talks.courier, house)
        ground = Ground(settings, services, house, talks, dispatcher)
        engine = _engine(ground, pulse, stop)
        watchdog = _watchdog(ground, engine, pulse)
        rooms = open_rooms(ground, Papers(engine.inbox, engine.records, watchdog.report))
        _look_after(services.background, bot, house, watchdog)
        ours = _routes(watchdog, engine.membership, engine.records, rooms.jobs)
        served = _served(settings, [*engine.door.routes, *rooms.routes, *ours], rooms.leaving)
        async with served, open_worker(settings, services, rooms.jobs, stop):
            await unless(stop, introduce(bot, engine.records, talks.house.agents))
            menus = register_commands(bot, house.group.chat_id)
            services.background.spawn("register commands", menus)
            log.info("luka.started", storage=services.storage.kind.value, model=settings.model)
            await _work(engine.replica, engine.door, settings.shutdown_grace, stop)
    log.info("luka.stopped")


@dataclass(frozen=True, slots=True)
class _Engine:
    """What brings updates in, and gets them done."""

    inbox: Inbox
    records: InboxRecords
    membership: Membership
    replica: Replica
    door: Door


def _engine(ground: Ground, pulse: Pulse, stop: asyncio.Event) -> _Engine:
    settings, services, talks = ground.settings, ground.services, ground.talks
    storage, vitals = services.storage, services.vitals
    records, membership = InboxRecords(storage, time.time), Membership(storage, time.time)
    notices = _notices(services, talks.courier, ground.house)
    inbox = Inbox(storage, membership, time.time, settings.inbox_limit)
    dispatch = Dispatch(ground.dispatcher, talks.bot, services.deliveries)
    intake = Intake(inbox, dispatch, notices)
    reader = Reader(inbox, intake, time.monotonic)
    replica = Replica(membership, reader, intake, time.monotonic, talks.paces.share, vitals)
    hall = Hall(talks.bot, storage, inbox, records, notices, vitals)
    door = open_door(settings, hall, pulse.poll_wait, stop)
    return _Engine(inbox, records, membership, replica, door)


def _look_after(background: Background, bot: Bot, house: Household, watchdog: Watchdog) -> None:
    """What goes on beside everything else."""
    background.spawn("watchdog", watchdog.run())
    background.spawn("watch the admins' group", watch_group(house.group, bot))


async def _work(replica: Replica, door: Door, grace: float, stop: asyncio.Event) -> None:
    try:
        async with replica.working(grace):
            await unless(stop, replica.ready())
            await door.run(stop)
    except* TelegramUnauthorizedError as refused:
        raise TokenRefused from refused


@asynccontextmanager
async def _served(
    settings: Settings,
    routes: Sequence[web.RouteDef],
    leaving: Sequence[Callable[[], Awaitable[None]]],
) -> AsyncIterator[None]:
    if not settings.web_port:
        yield
        return
    async with serving(settings.web_host, settings.web_port, routes, leaving):
        yield


def _routes(
    watchdog: Watchdog, membership: Membership, records: InboxRecords, jobs: JobOffice
) -> list[web.RouteDef]:
    return [
        *health.routes(watchdog, lambda: membership.replica_id),
        *metrics.routes(metrics.from_inbox(records), metrics.from_jobs(jobs.store)),
    ]


def _watchdog(ground: Ground, engine: _Engine, pulse: Pulse) -> Watchdog:
    settings, services, door = ground.settings, ground.services, engine.door
    senses = Senses(
        vitals=services.vitals,
        storage=services.storage,
        records=engine.records,
        model=services.model,
        model_name=lambda: services.default_model.name,
        tells_all=settings.llm_api == "ollama",  # others have aliases, or ignore the name
        inbox_limit=settings.inbox_limit,
        push=door.push,
        poll_anew=door.poll_anew,
    )
    tellers = []
    if settings.admin_chat_id is not None:
        board, admins = AlarmBoard(services.storage, time.time), services.admins
        audience = Audience(lambda: admins.chat_id, words_for(settings.language))
        background = services.background
        tellers.append(
            AlarmNotices(ground.talks.courier, board, background, audience, time.monotonic)
        )
    return build_watchdog(senses, tellers, pulse, time.time)


def _notices(services: Services, courier: Courier, house: Household) -> RawNotices:
    background = services.background
    return RawNotices(courier, services.threads, house.languages, background, time.monotonic)


def _dispatcher(
    settings: Settings, services: Services, courier: Courier, house: Household
) -> Dispatcher:
    answering = Answering(
        courier,
        services.turns,
        services.background,
        time.monotonic,
        previews=settings.stream_mode != "off",
    )
    return build_dispatcher(
        house.gate,
        house.languages,
        house.moves,
        **house.injected,
        audit=services.audit,
        people_store=services.people,
        threads=services.threads,
        turns=services.turns,
        courier=courier,
        answering=answering,
        recently=Recently(time.monotonic, FLOOD_SECONDS),
        screen=house.screen,
    )
