"""Sentences for people whose update we can't work on: all we have is the update as it came."""

from html import escape
from typing import Any

import structlog

from luka_bot.background import Background
from luka_bot.delivery.courier import Courier
from luka_bot.delivery.failures import DeliveryError
from luka_bot.delivery.target import Target
from luka_bot.handlers import keyboards
from luka_bot.handlers.callbacks import TurnRegenerate, TurnRetry
from luka_bot.handlers.languages import Languages
from luka_bot.handlers.questions import turn_of
from luka_bot.handlers.recently import Recently
from luka_bot.ingest.raw_updates import Place, RawUpdate, place_of, update_id
from luka_bot.locales import Words
from luka_bot.models.clock import Clock
from luka_bot.models.ids import ChatId, TopicId, TurnId
from luka_bot.patience import insist
from luka_bot.services.thread_service import ThreadService

log = structlog.get_logger(__name__)

AGAIN = 60.0  # s before the same chat is told the same again


class RawNotices:
    """clock is monotonic. Doesn't raise; a chat is told each thing once a minute."""

    def __init__(
        self,
        courier: Courier,
        threads: ThreadService,
        languages: Languages,
        background: Background,
        clock: Clock,
    ) -> None:
        self._courier = courier
        self._threads = threads
        self._languages = languages
        self._background = background
        self._recently = Recently(clock, AGAIN)

    def storage_away(self, raw: RawUpdate) -> None:
        self._say(raw, "storage.away")

    def broke(self, raw: RawUpdate) -> None:
        self._say(raw, "broke")

    async def gave_up(self, raw: RawUpdate) -> None:
        """Half an answer may stand there with its Stop button; a Retry button takes its place."""
        left, place = await insist(lambda: self._threads.abandon_turn(_turn_in(raw))), place_of(raw)
        if left is None or place is None:
            self.broke(raw)
            return
        words, target = self._words(raw), _target(place)
        sentence = words.html("broke")
        retry = keyboards.retry(words, left.thread_id, left.turn_id)
        try:
            if left.shown:
                await self._courier.edit_html(target, left.shown[-1], sentence, retry)
            else:
                await self._courier.send_html(target, sentence, retry)
        except DeliveryError as error:
            log.warning("raw_notices.undelivered", error=type(error).__name__)

    def _say(self, raw: RawUpdate, key: str) -> None:
        place = place_of(raw)
        if place is None or not place.spoken_to or self._recently.told(ChatId(place.chat), key):
            return
        sentence = self._words(raw)(key)
        self._background.spawn("tell of trouble", self._tell(_target(place), sentence))

    def _words(self, raw: RawUpdate) -> Words:
        return self._languages.of(*_sender(raw))

    async def _tell(self, target: Target, sentence: str) -> None:
        try:
            await self._courier.send_html(target, escape(sentence, quote=False))
        except DeliveryError as error:
            log.warning("raw_notices.undelivered", error=type(error).__name__)


def _target(place: Place) -> Target:
    topic = None if place.topic is None else TopicId(place.topic)
    return Target(ChatId(place.chat), topic)


def _turn_in(raw: RawUpdate) -> TurnId:
    """The one that was asked, or that a tap on Retry or Regenerate asked for again."""
    tap = raw.get("callback_query")
    data = tap.get("data") if isinstance(tap, dict) else None
    if isinstance(data, str) and data.startswith((TurnRetry.__prefix__, TurnRegenerate.__prefix__)):
        return TurnId(data.rpartition(":")[2])
    return turn_of(update_id(raw))


def _sender(raw: RawUpdate) -> tuple[int, str | None]:
    """Their number, 0 if we can't read it, and their Telegram's language."""
    body: Any = raw.get("message") or raw.get("callback_query") or {}
    sender = body.get("from") if isinstance(body, dict) else None
    if not isinstance(sender, dict):
        return 0, None
    number, code = sender.get("id"), sender.get("language_code")
    return number if isinstance(number, int) else 0, code if isinstance(code, str) else None
