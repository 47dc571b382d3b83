"""Webhook mode: that Telegram brings updates to our address, and to nobody else's."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Self
from urllib.parse import urlsplit

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramUnauthorizedError
from aiogram.types import WebhookInfo
from pydantic import SecretStr

from luka_bot.delivery.taxonomy import FOREIGN
from luka_bot.ingest.backoff import Backoff
from luka_bot.ingest.raw_updates import ALLOWED_UPDATES
from luka_bot.models.clock import Clock
from luka_bot.patience import insist
from luka_bot.storage.inbox_records import InboxRecords
from luka_bot.storage.webhook_record import WebhookRecord
from luka_bot.watch.senses import PushState
from luka_bot.watch.vitals import Vitals

log = structlog.get_logger(__name__)

PATH = "/telegram"  # where the operator's address names none
CONNECTIONS = 100  # at once, over all replicas; the most Telegram makes: storing is quick, and so
# a few that wait for a slow Redis don't hold up everybody else
LOOK_AGAIN = 180.0  # s between two looks whether the webhook is still ours
ANSWER_SECONDS = 10  # for one call; the watchdog waits for it as well


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where Telegram brings updates, and what it says so that we know it. Made by `of`."""

    url: str
    secret: SecretStr

    @classmethod
    def of(cls, webhook_url: str, secret: SecretStr) -> Self:
        parts = urlsplit(webhook_url)
        return cls(parts._replace(path=parts.path.rstrip("/") or PATH).geturl(), secret)

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    @property
    def fingerprint(self) -> str:
        """Tells that the secret changed, and not what it is."""
        return sha256(f"{self.url} {self.secret.get_secret_value()}".encode()).hexdigest()


class Registration:
    """clock: seconds since the epoch. When we stop the webhook stays: other replicas serve it, or
    Telegram keeps updates for them."""

    def __init__(
        self,
        bot: Bot,
        endpoint: Endpoint,
        record: WebhookRecord,
        records: InboxRecords,
        vitals: Vitals,
        clock: Clock,
    ) -> None:
        self._bot = bot
        self._endpoint = endpoint
        self._record = record
        self._records = records
        self._vitals = vitals
        self._clock = clock
        self._backoff = Backoff()
        self._set_at = clock()

    async def run(self, every: float = LOOK_AGAIN) -> None:
        """Until cancelled. Raises TelegramUnauthorizedError when the token is wrong at once; one
        that is refused later raises an alarm. every: seconds between two looks."""
        await self._insist(self._begin)
        while True:
            await asyncio.sleep(every)
            try:
                await self._insist(self._look_again)
            except TelegramUnauthorizedError:
                self._vitals.refused()
                log.warning("webhook.token_refused", hint="the token was good until now")

    async def state(self) -> PushState | None:
        """As Telegram sees it now; None if it doesn't answer."""
        try:
            info = await self._ask()
        except TelegramUnauthorizedError:
            self._vitals.refused()
            return None
        except FOREIGN:
            return None
        failed = info.last_error_date
        return PushState(
            ours=info.url == self._endpoint.url,
            pending=info.pending_update_count,
            failed_ago=max(0.0, self._clock() - failed.timestamp()) if failed else None,
        )

    async def _insist(self, work: Callable[[], Awaitable[None]]) -> None:
        await insist(lambda: self._backoff.until_done(work))

    async def _begin(self) -> None:
        """Who starts last knows best: what stands there is ours from now on."""
        if not await self._is_right():
            async with self._record.alone():
                if not await self._is_right():  # another replica may have done it by now
                    await self._set()
        log.info("webhook.stands", url=self._endpoint.url)

    async def _look_again(self) -> None:
        if await self._is_right():
            return
        known = await self._record.fingerprint()
        if known not in (None, self._endpoint.fingerprint):
            log.warning("webhook.left", hint="a newer replica has another WEBHOOK_URL or secret")
        elif await self._records.last_polled() is not None:
            log.warning("webhook.left", hint="a replica without WEBHOOK_URL polls now")
        else:
            log.error("webhook.lost", hint="another program changed it; luka sets it again")
            await self._begin()

    async def _is_right(self) -> bool:
        info = await self._ask()
        return (
            info.url == self._endpoint.url
            and set(info.allowed_updates or ()) == set(ALLOWED_UPDATES)
            and info.max_connections == CONNECTIONS
            and not self._brings_another_secret(info)
            and await self._record.fingerprint() == self._endpoint.fingerprint
        )

    def _brings_another_secret(self, info: WebhookInfo) -> bool:
        """Telegram tells nobody the secret, but what we answered to it."""
        refused = "401" in (info.last_error_message or "")
        failed = info.last_error_date
        return refused and failed is not None and failed.timestamp() > self._set_at

    async def _ask(self) -> WebhookInfo:
        info = await self._bot.get_webhook_info(request_timeout=ANSWER_SECONDS)
        self._vitals.accepted()
        return info

    async def _set(self) -> None:
        try:
            await self._bot.set_webhook(
                url=self._endpoint.url,
                secret_token=self._endpoint.secret.get_secret_value(),
                allowed_updates=ALLOWED_UPDATES,
                max_connections=CONNECTIONS,
                drop_pending_updates=False,
                request_timeout=ANSWER_SECONDS,
            )
        except TelegramBadRequest as error:
            log.warning("webhook.refused", reason=error.message, url=self._endpoint.url)
            raise
        self._set_at = self._clock()
        await self._record.note(self._endpoint.fingerprint)
        log.info("webhook.set")
