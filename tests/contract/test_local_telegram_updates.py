"""aiogram understands every update that our Telegram's people cause."""

from collections.abc import Awaitable, Callable

import pytest
from aiogram import Bot
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from pydantic import BaseModel

from luka_bot.demo.telegram import Group, LocalTelegram, Person

KEYS = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Go", callback_data="go:1")]]
)
Deed = Callable[[Person, Group], Awaitable[object]]
DEEDS: dict[str, tuple[str, Deed]] = {
    "text": ("message", lambda anna, _: anna.writes("/start@luka_bot https://x.org")),
    "group": ("message", lambda anna, family: anna.writes("Hi", chat=family.id)),
    "sticker": ("message", lambda anna, _: anna.sends_sticker()),
    "voice": ("message", lambda anna, _: anna.sends_voice()),
    "video": ("message", lambda anna, _: anna.sends_video("look")),
    "photo": ("message", lambda anna, _: anna.sends_photo(caption="look")),
    "document": ("message", lambda anna, _: anna.sends_document("x.txt", b"x")),
    "location": ("message", lambda anna, _: anna.sends_location()),
    "contact": ("message", lambda anna, _: anna.sends_contact()),
    "stale tap": ("callback_query", lambda anna, _: anna.taps_data(99, "x")),
    "block": ("my_chat_member", lambda anna, _: anna.blocks_bot()),
    "unblock": ("my_chat_member", lambda anna, _: anna.unblocks_bot()),
    "added": ("my_chat_member", lambda anna, family: family.adds_bot(anna)),
    "removed": ("my_chat_member", lambda anna, family: family.removes_bot(anna)),
}


@pytest.mark.parametrize("name", DEEDS)
async def test_every_update_decodes(
    telegram: LocalTelegram, anna: Person, family: Group, name: str
) -> None:
    kind, deed = DEEDS[name]
    await deed(anna, family)
    raws = await telegram.world.updates.poll(0, 100, 0)
    decoded = [Update.model_validate(raw) for raw in raws]
    assert decoded[0].event_type == kind
    assert [_unknown(one) for one in decoded] == [[]] * len(decoded)


def _unknown(model: object) -> list[str]:
    """Fields that aiogram has no name for, at any depth."""
    if isinstance(model, list):
        return [name for one in model for name in _unknown(one)]
    if not isinstance(model, BaseModel):
        return []
    inner = [name for field in type(model).model_fields for name in _unknown(getattr(model, field))]
    return [*(model.model_extra or {}), *inner]


async def test_a_tap_and_an_edit_decode_with_what_they_touch(bot: Bot, anna: Person) -> None:
    await bot.send_message(7, "Choose", reply_markup=KEYS)
    await anna.taps("Go")
    hers = await anna.writes("Hi", reply_to=1)
    await anna.edits(hers, "Ho")
    tap, written, edited = await bot.get_updates()
    assert tap.callback_query is not None
    assert isinstance(tap.callback_query.message, Message)
    assert tap.callback_query.message.text == "Choose"
    assert written.message is not None
    assert written.message.reply_to_message is not None
    assert written.message.from_user is not None
    assert written.message.from_user.language_code == "ru"
    assert edited.edited_message is not None
    assert edited.edited_message.text == "Ho"
