"""Errors that a handler didn't expect, told once to the person who met them."""

from html import escape

import structlog
from aiogram import Router
from aiogram.filters import ExceptionTypeFilter
from aiogram.types import ErrorEvent

from luka_bot.delivery.courier import Courier
from luka_bot.delivery.failures import DeliveryError
from luka_bot.handlers.asker import Asker, asker_of
from luka_bot.handlers.languages import Languages
from luka_bot.handlers.recently import Recently
from luka_bot.locales.failures import refusal
from luka_bot.models.audit import Event
from luka_bot.models.conversation_errors import QueueFullError
from luka_bot.models.errors import NotYours, Refused, StorageAway, TooManyWaiting
from luka_bot.models.people_errors import DayLimitReached, TooFast
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.deliveries import Replies

_OF_FLOODS = (TooManyWaiting, TooFast, DayLimitReached, QueueFullError)

log = structlog.get_logger(__name__)


def routes() -> Router:
    router = Router(name="errors")
    router.errors.register(away, ExceptionTypeFilter(StorageAway))
    router.errors.register(refused, ExceptionTypeFilter(Refused))
    router.errors.register(undelivered, ExceptionTypeFilter(DeliveryError))
    router.errors.register(broke)
    return router


async def away(event: ErrorEvent) -> None:
    """The intake tells the person and tries again when Redis is back."""
    raise event.exception


async def refused(
    event: ErrorEvent,
    courier: Courier,
    replies: Replies,
    recently: Recently,
    languages: Languages,
    audit: AuditLog,
) -> None:
    """A flood is refused in one sentence: one for each message would keep its chat waiting."""
    asker, error = _asker(event, replies, languages), event.exception
    if asker is None or not isinstance(error, Refused):
        return
    if isinstance(error, NotYours):
        await audit.note(Event.REFUSED, asker.user_id, asker.name, detail="others_thread")
    if isinstance(error, _OF_FLOODS) and recently.told(asker.target.chat_id, type(error).__name__):
        return
    await _tell(event, courier, asker, refusal(asker.words, error))


async def undelivered(event: ErrorEvent) -> None:
    """Telegram won't take what we say (blocked, deleted topic): there is nobody to tell."""
    log.warning("handler.undelivered", error=type(event.exception).__name__)


async def broke(
    event: ErrorEvent, courier: Courier, replies: Replies, languages: Languages
) -> None:
    """Our own fault: say so, and let the intake keep the update among the dead letters."""
    asker = _asker(event, replies, languages)
    if asker is not None:
        await _tell(event, courier, asker, asker.words("broke"))
    raise event.exception


async def _tell(event: ErrorEvent, courier: Courier, asker: Asker, sentence: str) -> None:
    """As a small window over a tap, as a message otherwise."""
    try:
        if event.update.callback_query is not None:
            await courier.toast(event.update.callback_query.id, sentence, alert=True)
        else:
            await courier.send_html(asker.target, escape(sentence, quote=False))
    except DeliveryError as error:
        log.warning("handler.undelivered", error=type(error).__name__)


def _asker(event: ErrorEvent, replies: Replies, languages: Languages) -> Asker | None:
    inner = event.update.callback_query or event.update.message
    asker = None if inner is None else asker_of(inner, languages)
    return None if asker is None else asker.on(replies)
