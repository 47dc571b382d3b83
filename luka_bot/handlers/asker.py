"""Who wrote or tapped, in which language, and where an answer belongs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Chat, InaccessibleMessage, Message, TelegramObject, User

from luka_bot.delivery.target import Target
from luka_bot.locales import Words, words_for
from luka_bot.models.ids import ChatId, MessageId, TopicId, UserId


@dataclass(frozen=True, slots=True)
class Asker:
    """owner is whose threads these are: the person in a direct message, the chat in a group."""

    owner: UserId
    name: str
    target: Target
    words: Words


class KnowsWhoAsks(BaseMiddleware):
    """Gives every handler of messages and taps its `asker`."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> object:
        asker = asker_of(event)
        if asker is None:
            return None
        data["asker"] = asker
        return await handler(event, data)


def asker_of(event: TelegramObject) -> Asker | None:
    """None where nobody can be answered: a channel's post, another bot, a tap without a message."""
    match event:
        case Message(from_user=User(is_bot=False) as user, chat=chat):
            return _asker(user, chat, event)
        case CallbackQuery(from_user=user, message=Message(chat=chat) as message):
            return _asker(user, chat, message)
        case CallbackQuery(from_user=user, message=InaccessibleMessage(chat=chat)):
            return _asker(user, chat, None)
        case _:
            return None


def _asker(user: User, chat: Chat, message: Message | None) -> Asker:
    in_topic = message is not None and message.is_topic_message and message.message_thread_id
    in_group = chat.type != ChatType.PRIVATE
    target = Target(
        chat_id=ChatId(chat.id),
        topic_id=TopicId(in_topic) if in_topic else None,
        reply_to=MessageId(message.message_id) if in_group and message is not None else None,
    )
    owner = UserId(chat.id if in_group else user.id)
    return Asker(owner, user.full_name, target, words_for(user.language_code))


def tapped_message(query: CallbackQuery) -> MessageId | None:
    """The message whose button was tapped, even where we can't read it any more."""
    return None if query.message is None else MessageId(query.message.message_id)
