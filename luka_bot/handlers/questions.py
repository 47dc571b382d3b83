"""Whether a direct message asks something, and what."""

from typing import Any

from aiogram.enums import ChatType
from aiogram.types import Message, Update

from luka_bot.handlers.asker import Asker
from luka_bot.models.ids import MessageId, TurnId, UpdateId
from luka_bot.models.turn import Question


async def question_in(
    message: Message, asker: Asker, event_update: Update
) -> bool | dict[str, Any]:
    """A filter: any text in a direct message; gives `question`.

    The turn's id comes from the update, so that a second run of it is the same turn.
    """
    text = message.text or ""
    if message.chat.type != ChatType.PRIVATE or not text.strip() or text.startswith("/"):
        return False
    question = Question(
        turn_id=turn_of(UpdateId(event_update.update_id)),
        user_id=asker.owner,
        text=text.strip(),
        asked_at=message.date.timestamp(),
        sender_name=asker.name,
        message_id=asker.message_id,
    )
    return {"question": question}


def replied(message: Message) -> MessageId | None:
    to = message.reply_to_message
    return None if to is None else MessageId(to.message_id)


def turn_of(update_id: UpdateId) -> TurnId:
    """A second run of the same update is the same turn."""
    return TurnId(f"u{update_id}")
