"""Whether what is said in a group is meant for luka, and what it says."""

from typing import Any

from aiogram import Bot
from aiogram.types import Message, Update

from luka_bot.handlers.asker import Asker
from luka_bot.handlers.gate import visitor_of
from luka_bot.models.ids import MessageId
from luka_bot.models.person import Visitor
from luka_bot.services.conversations.agents.book import AgentBook
from luka_bot.services.conversations.group_talk import GroupWords


async def addressed(
    message: Message, bot: Bot, asker: Asker, agent_book: AgentBook, event_update: Update
) -> bool | dict[str, Any]:
    """A filter, for what mentions an agent, calls it by its name or replies to the bot; gives
    `said`. What the bot brought from elsewhere is its own message, too: that can't be told apart
    before we know who asks."""
    if not _is_speech(message):
        return False
    replied = message.reply_to_message
    to_us = replied is not None and replied.from_user is not None and replied.from_user.id == bot.id
    text = message.text or ""
    if not to_us or _replied(message) is None:
        mentioned = f"@{(await bot.me()).username}".lower() in text.lower()
        if not mentioned and not any(agent_book.is_called(one, text) for one in agent_book.all):
            return False
    return {"said": _words(message, asker, event_update)}


async def unaddressed(
    message: Message, asker: Asker, event_update: Update
) -> bool | dict[str, Any]:
    """A filter, for what the one above doesn't take; gives `said`."""
    return {"said": _words(message, asker, event_update)} if _is_speech(message) else False


def title_of(message: Message) -> str:
    """Of the topic, where the message tells it, else of the group."""
    opened = message.reply_to_message and message.reply_to_message.forum_topic_created
    if message.is_topic_message and opened:
        return opened.name
    return message.chat.title or ""


def _is_speech(message: Message) -> bool:
    text = (message.text or "").strip()
    return bool(text) and not text.startswith("/")


def _words(message: Message, asker: Asker, update: Update) -> GroupWords:
    user = message.from_user
    known = user is not None and not asker.anonymous
    return GroupWords(
        chat_id=asker.target.chat_id,
        topic_id=asker.target.topic_id,
        title=title_of(message),
        visitor=visitor_of(user) if user and known else Visitor(asker.user_id, asker.name),
        message_id=asker.message_id,
        text=(message.text or "").strip(),
        replied=_replied(message),
        when=message.date.timestamp(),
        request=str(update.update_id),
    )


def _replied(message: Message) -> MessageId | None:
    """What is written in a topic replies to the line that opened it, if to nothing else."""
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created is not None:
        return None
    return MessageId(replied.message_id)
