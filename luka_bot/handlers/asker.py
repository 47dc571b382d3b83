"""Who wrote or tapped, in which language, and where an answer belongs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Chat, InaccessibleMessage, Message, TelegramObject, User

from luka_bot.delivery.accounts import Account
from luka_bot.delivery.target import Target
from luka_bot.locales import Words, words_for
from luka_bot.models.ids import ChatId, MessageId, TopicId, UserId


@dataclass(frozen=True, slots=True)
class Asker:
    """owner is whose threads these are: the person in a direct message, the chat in a group.

    message_id is the message that was written, or whose button was tapped. thinking: whether they
    want to see what the model thinks before it answers.
    """

    owner: UserId
    name: str
    target: Target
    words: Words
    message_id: MessageId
    thinking: bool = False

    def on(self, account: Account) -> "Asker":
        """What is said to them is kept there, so that it isn't said twice."""
        return replace(self, target=replace(self.target, account=account))

    @property
    def replying(self) -> Target:
        return replace(self.target, reply_to=self.message_id)


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
        data["asker"] = asker.on(data["replies"])
        return await handler(event, data)


def asker_of(event: TelegramObject) -> Asker | None:
    """None where nobody can be answered: a channel's post, another bot, a tap without a message."""
    match event:
        case Message(from_user=User(is_bot=False) as user, chat=chat):
            return _asker(user, chat, event)
        case CallbackQuery(from_user=user, message=Message(chat=chat) as message):
            return _asker(user, chat, message)
        case CallbackQuery(from_user=user, message=InaccessibleMessage(chat=chat) as message):
            return _asker(user, chat, message)
        case _:
            return None


def _asker(user: User, chat: Chat, message: Message | InaccessibleMessage) -> Asker:
    in_group = chat.type != ChatType.PRIVATE
    message_id = MessageId(message.message_id)
    target = Target(
        chat_id=ChatId(chat.id),
        topic_id=_topic(message),
        reply_to=message_id if in_group else None,
    )
    owner = UserId(chat.id if in_group else user.id)
    return Asker(owner, user.full_name, target, words_for(user.language_code), message_id)


def _topic(message: Message | InaccessibleMessage) -> TopicId | None:
    """In plain supergroups message_thread_id is a reply thread, not a topic."""
    if isinstance(message, Message) and message.is_topic_message and message.message_thread_id:
        return TopicId(message.message_thread_id)
    return None
