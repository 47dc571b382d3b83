"""Whom an admin's command is about."""

from aiogram.enums import MessageEntityType
from aiogram.types import Message

from luka_bot.models.ids import UserId
from luka_bot.services.people_service import PeopleService


async def whom(
    message: Message, people: PeopleService, words: list[str]
) -> tuple[UserId, list[str]] | None:
    """Who is named first in what follows the command, or in our message that it replies to; with
    the words that are left. None if nobody is. Raises PersonGone for a name that nobody bears."""
    shown = _shown_in(message.reply_to_message)
    if shown is not None:
        return shown, words
    if not words:
        return None
    return await people.named(words[0]), words[1:]


def _shown_in(message: Message | None) -> UserId | None:
    """On our cards a person's number stands in parentheses behind their name."""
    if message is None or message.from_user is None or message.bot is None:
        return None
    if message.from_user.id != message.bot.id:
        return None
    text = message.text or ""
    for entity in message.entities or []:
        number = entity.extract_from(text)
        if entity.type != MessageEntityType.CODE or not number.isdecimal():
            continue
        if f"({number})" in text:
            return UserId(int(number))
    return None
