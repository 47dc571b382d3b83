"""aiogram's errors and Telegram's sentences, sorted into our failures; nowhere else."""

from aiogram import exceptions
from aiohttp import ClientConnectorError, ConnectionTimeoutError

from luka_bot.delivery import failures
from luka_bot.delivery.failures import DeliveryError
from luka_bot.delivery.outgoing import Unread
from luka_bot.models.ids import ChatId, MessageId

FOREIGN = (
    exceptions.TelegramAPIError,
    exceptions.ClientDecodeError,
    UnicodeDecodeError,  # an answer in no encoding; aiohttp reads it before aiogram can
)

# Telegram's sentences "are subject to change", so only what they can't do without is looked for.
_SENTENCES: tuple[tuple[str, type[DeliveryError]], ...] = (
    ("message is not modified", failures.Unchanged),
    ("message to edit not found", failures.MessageGone),
    ("message can't be edited", failures.MessageGone),
    ("message to delete not found", failures.MessageGone),
    ("message_id_invalid", failures.MessageGone),
    ("thread not found", failures.TopicGone),
    ("topic_closed", failures.TopicGone),
    ("topic_deleted", failures.TopicGone),
    ("can't parse entities", failures.StylesRefused),
    ("entity_bounds_invalid", failures.StylesRefused),
    ("too long", failures.TooLong),
    ("message_too_long", failures.TooLong),
)
_AWAY = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
)
_MUTED = (
    "chat_write_forbidden",
    "have no rights to send",
    "not enough rights to send",
)


def sorted_out(error: Exception, chat_id: ChatId) -> DeliveryError:
    failure: DeliveryError
    match error:
        case exceptions.TelegramRetryAfter():
            failure = failures.Flooded(error.retry_after)
        case exceptions.TelegramMigrateToChat():
            failure = failures.ChatMoved(ChatId(error.migrate_to_chat_id))
        case exceptions.TelegramForbiddenError():
            failure = failures.PersonAway(chat_id, muted=_is_muted(error.message))
        case exceptions.TelegramServerError() | exceptions.TelegramUnauthorizedError():
            failure = failures.Unreached()  # a token that was good until now may be so again
        case exceptions.TelegramEntityTooLarge():  # a TelegramNetworkError by inheritance
            failure = failures.NotAccepted(error.message)
        case exceptions.TelegramNetworkError():
            failure = _cut_off(error)
        case exceptions.TelegramAPIError():
            failure = _by_sentence(error.message, chat_id)
        case exceptions.ClientDecodeError():
            failure = _undecoded(error.data)
        case _:
            failure = failures.Unanswered()
    return failure


def _by_sentence(sentence: str, chat_id: ChatId) -> DeliveryError:
    lower = sentence.lower()
    if "too many requests" in lower:
        return failures.Flooded(None)
    if _is_muted(sentence) or any(part in lower for part in _AWAY):
        return failures.PersonAway(chat_id, muted=_is_muted(sentence))
    for part, kind in _SENTENCES:
        if part in lower:
            return kind()
    return failures.NotAccepted(sentence)


def _is_muted(sentence: str) -> bool:
    return any(part in sentence.lower() for part in _MUTED)


def _cut_off(error: Exception) -> DeliveryError:
    if _unread(error):
        return failures.NotAccepted("a file can't be read")
    unspoken = isinstance(error.__cause__, ClientConnectorError | ConnectionTimeoutError)
    return failures.Unreached() if unspoken else failures.Unanswered()


def _unread(error: BaseException | None) -> bool:
    """Our own failure, wrapped by aiohttp and by aiogram: no other try would end otherwise."""
    while error is not None and not isinstance(error, Unread):
        error = error.__cause__
    return error is not None


def _undecoded(data: object) -> DeliveryError:
    """JSON that says ok was a success that aiogram can't read; HTML comes from Telegram's front."""
    if isinstance(data, dict) and data.get("ok"):
        result = data.get("result")
        if isinstance(result, list) and result:  # an album
            result = result[0]
        found = result.get("message_id") if isinstance(result, dict) else None
        return failures.Taken(MessageId(found if isinstance(found, int) else 0))
    if isinstance(data, str) and data.lstrip().startswith("<"):
        return failures.Unreached()
    return failures.Unanswered()
