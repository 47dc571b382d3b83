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


async def test_comings_goings_and_a_migration_decode(telegram: LocalTelegram, anna: Person) -> None:
    telegram.world.updates.allowed = ("message", "chat_member")
    boris = telegram.person(8, "Boris")
    club = telegram.group(-5200, "Club", [anna], bot_status="administrator", kind="group")
    await club.joins(boris)
    await club.leaves(boris)
    await club.becomes_supergroup(-1000000005200)
    updates = [Update.model_validate(raw) for raw in await telegram.world.updates.poll(0, 100, 0)]
    assert [_unknown(one) for one in updates] == [[]] * len(updates)
    messages = [one.message for one in updates if one.message]
    assert [one.content_type for one in messages] == [
        "new_chat_members",
        "left_chat_member",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
    ]
    assert sum(one.event_type == "chat_member" for one in updates) == 2


async def test_topics_promotions_and_the_nameless_decode(
    telegram: LocalTelegram, anna: Person
) -> None:
    telegram.world.updates.allowed = ("message", "chat_member")
    boris = telegram.person(8, "Boris")
    club = telegram.group(-300, "Club", [anna, boris], bot_status="administrator", kind="forum")
    topic = await club.opens_topic("Novels")
    await club.renames_topic(topic, "Poems")
    await club.promotes(boris, anonymous=True)
    await boris.writes("We say", chat=club.id, topic=topic)
    updates = [Update.model_validate(raw) for raw in await telegram.world.updates.poll(0, 100, 0)]
    assert [_unknown(one) for one in updates] == [[]] * len(updates)
    opened, renamed, change, said = updates
    assert opened.message is not None
    assert renamed.message is not None
    assert (opened.message.content_type, renamed.message.content_type) == (
        "forum_topic_created",
        "forum_topic_edited",
    )
    assert change.event_type == "chat_member"
    assert said.message is not None
    assert said.message.sender_chat is not None
    assert (said.message.sender_chat.id, said.message.message_thread_id) == (club.id, topic)


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
