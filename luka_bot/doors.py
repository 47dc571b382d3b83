"""The two ways in which Telegram's updates come: we ask for them, or it brings them."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiogram import Bot
from aiohttp import web

from luka_bot.background import unless
from luka_bot.config import Settings
from luka_bot.ingest.arrivals import Arrivals
from luka_bot.ingest.intake import Notices
from luka_bot.ingest.poller import Poller
from luka_bot.ingest.polling import LEASE_SECONDS, Polling
from luka_bot.ingest.registration import Endpoint, Registration
from luka_bot.storage import webhook_record
from luka_bot.storage.client import Storage
from luka_bot.storage.inbox import Inbox
from luka_bot.storage.inbox_records import InboxRecords
from luka_bot.storage.leases import Lease
from luka_bot.storage.webhook_record import WebhookRecord
from luka_bot.watch.senses import AskPush
from luka_bot.watch.vitals import Vitals
from luka_bot.web import webhook


@dataclass(frozen=True, slots=True)
class Hall:
    """What either door needs."""

    bot: Bot
    storage: Storage
    inbox: Inbox
    records: InboxRecords
    notices: Notices
    vitals: Vitals


@dataclass(frozen=True, slots=True)
class Door:
    """run: until the event is set; raises TelegramUnauthorizedError, perhaps inside a group.
    push or poll_anew is what the watchdog needs to look after it."""

    run: Callable[[asyncio.Event], Awaitable[None]]
    routes: tuple[web.RouteDef, ...] = ()
    push: AskPush | None = None
    poll_anew: Callable[[], None] | None = None


def open_door(settings: Settings, hall: Hall, poll_wait: int, stop: asyncio.Event) -> Door:
    """poll_wait: seconds that Telegram may hold a poll."""
    if settings.webhook_url:
        endpoint = Endpoint.of(settings.webhook_url, settings.webhook_secret)
        return _webhook(hall, endpoint, stop)
    return _polling(hall, poll_wait)


def _polling(hall: Hall, poll_wait: int) -> Door:
    arrivals = Arrivals(hall.inbox, "poll")
    poller = Poller(hall.bot, arrivals, hall.records, hall.notices, hall.vitals, poll_wait)
    lease = Lease(hall.storage, f"poller:{hall.bot.id}", LEASE_SECONDS)
    polling = Polling(lease, poller, hall.vitals)
    return Door(polling.run, poll_anew=polling.poll_anew)


def _webhook(hall: Hall, endpoint: Endpoint, stop: asyncio.Event) -> Door:
    lease = Lease(hall.storage, f"webhook:{hall.bot.id}", webhook_record.LEASE_SECONDS)
    record = WebhookRecord(hall.storage, lease)
    registration = Registration(hall.bot, endpoint, record, hall.records, hall.vitals, time.time)
    arrivals = Arrivals(hall.inbox, "webhook")
    return Door(
        run=lambda stop: unless(stop, registration.run()),
        routes=tuple(webhook.routes(endpoint, arrivals.store, hall.notices, stop)),
        push=registration.state,
    )
