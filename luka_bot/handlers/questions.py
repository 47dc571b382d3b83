"""Whether a message asks luka something, and what."""

from typing import Any

from aiogram import Bot
from aiogram.enums import ChatType, MessageEntityType
from aiogram.types import Message, Update

from luka_bot.handlers.asker import Asker
from luka_bot.models.ids import TurnId, UpdateId
from luka_bot.models.turn import Question


async def question_in(
    message: Message, bot: Bot, asker: Asker, event_update: Update
) -> bool | dict[str, Any]:
    """A filter: any text in a direct message, in a group a mention or a reply; gives `question`.

    The turn's id comes from the update, so that a second run of it is the same turn.
    """
    text = message.text or ""
    if message.chat.type != ChatType.PRIVATE:
        text = await _meant_for(bot, message)
    if not text.strip() or text.startswith("/"):
        return False
    question = Question(
        turn_id=turn_of(UpdateId(event_update.update_id)),
        user_id=asker.owner,
        text=text.strip(),
        asked_at=message.date.timestamp(),
        sender_name=asker.name,
        writer=None if asker.user_id == asker.owner else asker.user_id,
        message_id=asker.message_id,
    )
    return {"question": question}


def turn_of(update_id: UpdateId) -> TurnId:
    """A second run of the same update is the same turn."""
    return TurnId(f"u{update_id}")


async def _meant_for(bot: Bot, message: Message) -> str:
    """The text without the mention, or "" if the message is for others."""
    text, mention = message.text or "", f"@{(await bot.me()).username}"
    for entity in message.entities or []:
        if entity.type != MessageEntityType.MENTION:
            continue
        called = entity.extract_from(text)
        if called.lower() == mention.lower():
            return text.replace(called, "", 1)
    asked = message.reply_to_message
    return text if asked and asked.from_user and asked.from_user.id == bot.id else ""
