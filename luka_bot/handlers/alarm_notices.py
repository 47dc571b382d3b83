"""Alarms told in the group of those who look after luka, once each, and their end."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace

import structlog

from luka_bot.background import Background
from luka_bot.delivery.courier import Courier
from luka_bot.delivery.failures import DeliveryError
from luka_bot.delivery.target import Target
from luka_bot.locales import Words
from luka_bot.models.clock import Clock
from luka_bot.models.errors import StorageAway
from luka_bot.models.ids import ChatId, MessageId
from luka_bot.storage.alarms import AGAIN, AlarmBoard, StillStands, Telling
from luka_bot.watch.check import AlarmName

RENEW = 20.0  # s; three times before others take us for dead

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _News:
    """Of one alarm, as this process sees it; until all is told. known: Redis keeps what was."""

    stands: bool
    detail: str = ""
    known: bool = False
    changed: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(frozen=True, slots=True)
class _Alone:
    """An alarm told without Redis. end: what is still to be told; at: when its message was sent."""

    message_id: MessageId | None
    at: float
    end: Telling | None


@dataclass(frozen=True, slots=True)
class Audience:
    """The admins' group, wherever it is by now, and the language it is told things in."""

    chat: Callable[[], ChatId | None]
    words: Words


class AlarmNotices:
    """Of all processes one tells. While Redis is away each tells its own, since none can ask.

    chat: where the group is by now. clock is monotonic.
    """

    def __init__(
        self,
        courier: Courier,
        board: AlarmBoard,
        background: Background,
        audience: Audience,
        clock: Clock,
        *,
        renew: float = RENEW,
    ) -> None:
        self._courier = courier
        self._board = board
        self._background = background
        self._chat = audience.chat
        self._words = audience.words
        self._clock = clock
        self._renew = renew
        self._news: dict[AlarmName, _News] = {}
        self._alone: dict[AlarmName, _Alone] = {}

    def raised(self, name: AlarmName, detail: str) -> None:
        self._changed(name, stands=True, detail=detail)

    def over(self, name: AlarmName) -> None:
        self._changed(name, stands=False)

    def well(self, name: AlarmName) -> None:
        self._changed(name, stands=False)

    def _changed(self, name: AlarmName, *, stands: bool, detail: str = "") -> None:
        """What we said of it last may still be on its way; the newest is told after that."""
        news = self._news.get(name)
        if news is None:
            news = self._news[name] = _News(stands, detail)
            self._background.spawn(f"tell of alarm {name}", self._follow(name, news))
        news.stands, news.detail = stands, detail
        news.changed.set()

    async def _follow(self, name: AlarmName, news: _News) -> None:
        try:
            while True:
                news.changed.clear()
                told = await (self._stands(name, news) if news.stands else self._over(name))
                if told and not news.changed.is_set():
                    return
                await _set_within(news.changed, self._renew)
        finally:
            del self._news[name]

    async def _stands(self, name: AlarmName, news: _News) -> bool:
        """Always False: as long as it stands it is to be said again."""
        html = _raised(self._words, name, news.detail)
        try:
            telling = None if self._owes_an_end(name) else await self._board.stands(name)
        except StorageAway:
            if not news.known:
                await self._tell_alone(name, html)
            return False
        news.known = True
        if telling is not None:
            await self._tell(name, telling, html)
        return False

    async def _over(self, name: AlarmName) -> bool:
        """Whether nothing is left to tell of it, here and elsewhere."""
        html = _over(self._words, name)
        alone = self._alone.get(name)
        if alone is not None and alone.end is not None:
            message_id = await self._say(alone.end, html)
            self._alone[name] = replace(alone, message_id=message_id, end=None)
        try:
            telling = await self._board.over(name)
        except (StorageAway, StillStands):
            return False
        if telling is not None:
            await self._tell(name, telling, html)
        return True

    def _owes_an_end(self, name: AlarmName) -> bool:
        alone = self._alone.get(name)
        return alone is not None and alone.end is not None

    async def _tell_alone(self, name: AlarmName, html: str) -> None:
        before, now = self._alone.get(name), self._clock()
        lately = before is not None and now - before.at < AGAIN
        known, at = (before.message_id, before.at) if before and lately else (None, now)
        edits = known is not None
        message_id = await self._say(Telling(stands=True, edits=edits, message_id=known), html)
        end = Telling(stands=False, edits=edits, message_id=message_id)
        self._alone[name] = _Alone(message_id, at, end)

    async def _tell(self, name: AlarmName, telling: Telling, html: str) -> None:
        message_id = await self._say(telling, html)
        with suppress(StorageAway):
            await self._board.told(name, telling, message_id)

    async def _say(self, telling: Telling, html: str) -> MessageId | None:
        """None if Telegram won't take it."""
        chat_id = self._chat()
        if chat_id is None:
            return None
        target = Target(chat_id, reply_to=None if telling.stands else telling.message_id)
        try:
            if telling.edits and telling.message_id is not None:
                return await self._courier.edit_html(target, telling.message_id, html)
            return await self._courier.send_html(target, html)
        except DeliveryError as error:
            log.warning("alarm_notices.undelivered", error=type(error).__name__)
            return None


def _raised(words: Words, name: AlarmName, detail: str) -> str:
    what, remedy = words(f"alarm.{name}"), words(f"alarm.{name}.do")
    return words.html("alarm.raised", what=what, detail=detail, remedy=remedy)


def _over(words: Words, name: AlarmName) -> str:
    return words.html("alarm.over", what=words(f"alarm.{name}.over"))


async def _set_within(event: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
