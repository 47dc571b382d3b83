"""Who wrote or tapped, in which language, and where an answer belongs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Chat, InaccessibleMessage, Message, TelegramObject, User

from luka_bot.delivery.accounts import Account
from luka_bot.delivery.target import Target
from luka_bot.handlers.languages import Languages
from luka_bot.locales import Words
from luka_bot.models.ids import ChatId, MessageId, TopicId, UserId
from luka_bot.models.overseer import Overseer
from luka_bot.models.person import Preferences


@dataclass(frozen=True, slots=True)
class Asker:
    """owner is whose threads these are: the person in a direct message, the chat in a group.

    message_id is the message that was written, or whose button was tapped. user_id is who wrote or
    tapped, whosever the threads are. thinking: they want to see the model's. anonymous: a group or
    a channel wrote, and who did it for it isn't known.
    """

    owner: UserId
    name: str
    target: Target
    words: Words
    message_id: MessageId
    user_id: UserId
    thinking: bool = False
    anonymous: bool = False

    def known(self, words: Words, preferences: Preferences) -> "Asker":
        """As they like it. In a group nobody's quiet is everybody's."""
        quiet = preferences.quiet and not self.target.is_group
        target = replace(self.target, quiet=quiet)
        return replace(self, target=target, words=words, thinking=preferences.thinking)

    def on(self, account: Account) -> "Asker":
        """What is said to them is kept there, so that it isn't said twice."""
        return replace(self, target=replace(self.target, account=account))

    @property
    def overseer(self) -> Overseer:
        """For a long work that is looked after in the message that was tapped."""
        topic, message = self.target.topic_id, self.message_id
        chat, language = self.target.chat_id, self.words.language
        return Overseer(self.user_id, self.name, language, chat, topic, message)

    @property
    def replying(self) -> Target:
        return replace(self.target, reply_to=self.message_id)


class KnowsWhoAsks(BaseMiddleware):
    """Gives every handler of messages and taps its `asker`."""

    def __init__(self, languages: Languages) -> None:
        self._languages = languages

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> object:
        asker = asker_of(event, self._languages)
        if asker is None:
            return None
        data["asker"] = asker.on(data["replies"])
        return await handler(event, data)


def asker_of(event: TelegramObject, languages: Languages) -> Asker | None:
    """None where nobody can be answered: a channel's post, another bot, a tap without a message."""
    match event:
        case Message(sender_chat=Chat() as sender, chat=chat) if chat.type != ChatType.PRIVATE:
            return _anonymous(sender, chat, event, languages)
        case Message(from_user=User(is_bot=False) as user, chat=chat):
            return _asker(user, chat, event, languages)
        case CallbackQuery(from_user=user, message=Message(chat=chat) as message):
            return _asker(user, chat, message, languages)
        case CallbackQuery(from_user=user, message=InaccessibleMessage(chat=chat) as message):
            return _asker(user, chat, message, languages)
        case _:
            return None


def _anonymous(sender: Chat, chat: Chat, message: Message, languages: Languages) -> Asker:
    user = User(id=sender.id, is_bot=False, first_name=sender.title or "")
    return replace(_asker(user, chat, message, languages), anonymous=True)


def _asker(
    user: User, chat: Chat, message: Message | InaccessibleMessage, languages: Languages
) -> Asker:
    in_group = chat.type != ChatType.PRIVATE
    message_id = MessageId(message.message_id)
    target = Target(
        chat_id=ChatId(chat.id),
        topic_id=_topic(message),
        reply_to=message_id if in_group else None,
    )
    owner = UserId(chat.id if in_group else user.id)
    words = languages.of(user.id, user.language_code)
    return Asker(owner, user.full_name, target, words, message_id, UserId(user.id))


def _topic(message: Message | InaccessibleMessage) -> TopicId | None:
    """In plain supergroups message_thread_id is a reply thread, not a topic."""
    if isinstance(message, Message) and message.is_topic_message and message.message_thread_id:
        return TopicId(message.message_thread_id)
    return None
