"""Buttons under what agents say in conversations."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from luka_bot.locales import Words
from luka_bot.models.ids import AgentName, ThreadId
from luka_bot.services.conversations.transport import Speaking


class ConvStop(CallbackData, prefix="conv_stop"):
    """number: of the message that is being answered."""

    id: ThreadId
    number: int


class ConvRetry(CallbackData, prefix="cretry"):
    """A short prefix: with the longest name of an agent there are 7 digits for the number."""

    id: ThreadId
    number: int
    agent: AgentName


def stop(words: Words, speaking: Speaking) -> InlineKeyboardMarkup:
    key, number = speaking.conversation.conversation_id, speaking.asked.sequence_id
    return _one(words("button.stop"), ConvStop(id=key, number=number))


def retry(words: Words, speaking: Speaking) -> InlineKeyboardMarkup:
    key, number = speaking.conversation.conversation_id, speaking.asked.sequence_id
    return _one(words("button.retry"), ConvRetry(id=key, number=number, agent=speaking.agent))


def _one(text: str, data: CallbackData) -> InlineKeyboardMarkup:
    button = InlineKeyboardButton(text=text, callback_data=data.pack())
    return InlineKeyboardMarkup(inline_keyboard=[[button]])
