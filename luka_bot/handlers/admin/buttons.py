"""Rows of buttons for admins."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup


def button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())


def rows(*buttons: list[InlineKeyboardButton]) -> InlineKeyboardMarkup | None:
    """Empty rows are left out; None if nothing is left."""
    filled = [row for row in buttons if row]
    return InlineKeyboardMarkup(inline_keyboard=filled) if filled else None
