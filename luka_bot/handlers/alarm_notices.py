"""Alarms told in the group of those who look after luka: one message when raised, one when over."""

import asyncio
from contextlib import suppress

import structlog

from luka_bot.background import Background
from luka_bot.delivery.courier import Courier
from luka_bot.delivery.failures import DeliveryError
from luka_bot.delivery.target import Target
from luka_bot.locales import words_for
from luka_bot.models.clock import Clock
from luka_bot.models.errors import StorageAway
from luka_bot.models.ids import ChatId
from luka_bot.storage.client import Storage
from luka_bot.storage.leases import Lease
from luka_bot.watch.check import AlarmName

AGAIN = 600.0  # s before the same alarm is told again, by whichever replica
RENEW = 60.0  # s; whoever has told an alarm stays the one who tells its end

log = structlog.get_logger(__name__)


class AlarmNotices:
    """clock is monotonic. Of all replicas the first one tells; without Redis each tells its own."""

    def __init__(
        self,
        courier: Courier,
        storage: Storage,
        background: Background,
        chat_id: ChatId,
        clock: Clock,
    ) -> None:
        self._courier = courier
        self._storage = storage
        self._background = background
        self._target = Target(chat_id)
        self._clock = clock
        self._ends: dict[AlarmName, asyncio.Event] = {}
        self._details: dict[AlarmName, str] = {}
        self._told: dict[AlarmName, float] = {}

    def raised(self, name: AlarmName, detail: str) -> None:
        self._details[name] = detail
        if name in self._ends:  # what we said of it last time is still on its way
            self._ends[name].clear()
            return
        end = self._ends[name] = asyncio.Event()
        self._background.spawn(f"tell of alarm {name}", self._follow(name, end))

    def over(self, name: AlarmName) -> None:
        if name in self._ends:
            self._ends[name].set()

    async def _follow(self, name: AlarmName, end: asyncio.Event) -> None:
        """Again if it was raised anew while its end was being told."""
        try:
            while True:
                await self._tell(name, end)
                if end.is_set():
                    return
        finally:
            del self._ends[name]

    async def _tell(self, name: AlarmName, end: asyncio.Event) -> None:
        words = words_for("en")
        lease = Lease(self._storage, f"alarm:{name}", AGAIN)
        if not await self._ours(name, lease, end):
            return
        what, remedy = words(f"alarm.{name}"), words(f"alarm.{name}.do")
        detail = self._details[name]
        await self._say(words.html("alarm.raised", what=what, detail=detail, remedy=remedy))
        while not await _set_within(end, RENEW):
            with suppress(StorageAway):
                await lease.take()
        await self._say(words.html("alarm.over", what=words(f"alarm.{name}.over")))

    async def _ours(self, name: AlarmName, lease: Lease, end: asyncio.Event) -> bool:
        """Wait until it is ours to tell; False if the alarm is over before that."""
        while not await self._may_tell(name, lease):
            if await _set_within(end, RENEW):
                return False
        self._told[name] = self._clock()
        return True

    async def _may_tell(self, name: AlarmName, lease: Lease) -> bool:
        if self._clock() - self._told.get(name, float("-inf")) < AGAIN:
            return False
        try:
            return await lease.take()
        except StorageAway:
            return True

    async def _say(self, html: str) -> None:
        try:
            await self._courier.send_html(self._target, html)
        except DeliveryError as error:
            log.warning("alarm_notices.undelivered", error=type(error).__name__)


async def _set_within(event: asyncio.Event, seconds: float) -> bool:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
    return event.is_set()
