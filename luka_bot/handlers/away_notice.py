"""Telling people that storage is away, when nothing that needs storage can be done."""

from html import escape
from typing import Any

import structlog

from luka_bot.background import Background
from luka_bot.delivery.courier import Courier
from luka_bot.delivery.failures import DeliveryError
from luka_bot.delivery.target import Target
from luka_bot.ingest.raw_updates import RawUpdate, chat_of
from luka_bot.locales import words_for
from luka_bot.models.clock import Clock
from luka_bot.models.ids import ChatId

log = structlog.get_logger(__name__)

AGAIN = 60.0  # s before the same chat is told again


class AwayNotice:
    """clock is monotonic. Works on raw updates: nothing else is at hand then."""

    def __init__(self, courier: Courier, background: Background, clock: Clock) -> None:
        self._courier = courier
        self._background = background
        self._clock = clock
        self._told: dict[int, float] = {}

    def __call__(self, raw: RawUpdate) -> None:
        chat_id = chat_of(raw)
        now = self._clock()
        self._told = {chat: when for chat, when in self._told.items() if now - when < AGAIN}
        if chat_id is None or chat_id in self._told:
            return
        self._told[chat_id] = now
        sentence = words_for(_language(raw))("storage.away")
        self._background.spawn("tell storage away", self._tell(ChatId(chat_id), sentence))

    async def _tell(self, chat_id: ChatId, sentence: str) -> None:
        try:
            await self._courier.send_html(Target(chat_id), escape(sentence, quote=False))
        except DeliveryError as error:
            log.warning("away_notice.undelivered", error=type(error).__name__)


def _language(raw: RawUpdate) -> str | None:
    body: Any = raw.get("message") or raw.get("callback_query") or {}
    sender = body.get("from") if isinstance(body, dict) else None
    code = sender.get("language_code") if isinstance(sender, dict) else None
    return code if isinstance(code, str) else None
