"""Replicas that keep a webhook, in front of our Telegram."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from pydantic import SecretStr

from luka_bot.background import Background
from luka_bot.demo.telegram import ApiCall, Limits, LocalTelegram
from luka_bot.ingest.registration import LOOK_AGAIN, Endpoint, Registration
from luka_bot.storage.client import Storage
from luka_bot.storage.inbox_records import InboxRecords
from luka_bot.storage.leases import Lease
from luka_bot.storage.webhook_record import LEASE_SECONDS, WebhookRecord
from luka_bot.watch.vitals import Vitals
from tests.waiting import wait_until_found

SECRET = "a"
NOBODY = "http://127.0.0.1:9/telegram"  # as long as there are no updates


class Replicas:
    """All with the same bot and Redis; each has its own idea of the webhook."""

    def __init__(self, telegram: LocalTelegram, storage: Storage, bot: Bot) -> None:
        self.telegram = telegram
        self.vitals = Vitals(time.monotonic)
        self._storage = storage
        self.bot = bot

    def registration(self, url: str = NOBODY, secret: str = SECRET) -> Registration:
        return Registration(
            self.bot,
            Endpoint.of(url, SecretStr(secret)),
            WebhookRecord(self._storage, Lease(self._storage, "webhook", LEASE_SECONDS)),
            InboxRecords(self._storage, time.time),
            self.vitals,
            time.time,
        )

    @asynccontextmanager
    async def one(
        self, url: str = NOBODY, secret: str = SECRET, every: float = LOOK_AGAIN
    ) -> AsyncIterator[None]:
        """Inside it runs. every: seconds between its looks."""
        async with Background() as background:
            background.spawn("registration", self.registration(url, secret).run(every))
            yield

    async def looked(self, times: int = 1) -> None:
        """Wait for so many looks that begin from now on, and the last one's end."""
        before = len(self.looks())
        await self.telegram.wait_for(lambda: len(self.looks()) > before + times)

    async def noted(self, url: str = NOBODY, secret: str = SECRET) -> None:
        """Wait until all replicas can know that this webhook was set."""
        wanted = Endpoint.of(url, SecretStr(secret)).fingerprint
        record = WebhookRecord(self._storage, Lease(self._storage, "unused", 1))

        async def known() -> bool:
            return await record.fingerprint() == wanted

        await wait_until_found(known)

    def looks(self) -> list[ApiCall]:
        return self.telegram.calls_of("getWebhookInfo")

    def attempts(self) -> list[ApiCall]:
        return self.telegram.calls_of("setWebhook")


@asynccontextmanager
async def replicas(storage: Storage) -> AsyncIterator[Replicas]:
    async with LocalTelegram.open(limits=Limits.none()) as telegram:
        session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.url))
        async with Bot(telegram.token, session=session) as bot:
            yield Replicas(telegram, storage, bot)
