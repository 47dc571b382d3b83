"""aiogram, which speaks to the real Telegram, understands every answer of ours."""

from io import BytesIO

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BufferedInputFile,
    ChatMemberOwner,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MenuButtonWebApp,
    Message,
    MessageEntity,
    ReactionTypeEmoji,
    ReplyParameters,
    WebAppInfo,
)

from luka_bot.demo.telegram import LocalTelegram, Person

KEYS = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Go", callback_data="go:1")]]
)


async def test_messages_are_sent_edited_and_deleted(bot: Bot, telegram: LocalTelegram) -> None:
    bold = MessageEntity(type="bold", offset=3, length=5)
    sent = await bot.send_message(7, "😀 Hello", entities=[bold], reply_markup=KEYS)
    assert sent.reply_markup is not None
    assert (sent.text, sent.reply_markup.model_dump()) == ("😀 Hello", KEYS.model_dump())
    assert [one.model_dump() for one in sent.entities or []] == [bold.model_dump()]
    reply = await bot.send_message(
        7, "<b>x</b>", parse_mode="HTML", reply_parameters=ReplyParameters(message_id=1)
    )
    assert reply.reply_to_message is not None
    assert reply.reply_to_message.text == "😀 Hello"
    edited = await bot.edit_message_text("Ho", chat_id=7, message_id=sent.message_id)
    assert isinstance(edited, Message)
    assert edited.edit_date
    await bot.edit_message_reply_markup(chat_id=7, message_id=1, reply_markup=KEYS)
    assert await bot.delete_message(7, reply.message_id) is True
    assert telegram.said(7) == ["Ho"]
    assert await bot.delete_messages(7, [1]) is True


async def test_small_methods_answer_true(bot: Bot, anna: Person) -> None:
    hers = await anna.writes("Hi")
    query = await anna.taps_data(hers, "x")
    results = [
        await bot.send_chat_action(7, "typing"),
        await bot.answer_callback_query(query, text="Done", show_alert=True),
        await bot.send_message_draft(7, draft_id=5, text="so far"),
        await bot.set_message_reaction(7, hers, reaction=[ReactionTypeEmoji(emoji="👍")]),
        await bot.set_my_description("x", language_code="ru"),
        await bot.set_my_short_description("x"),
    ]
    assert results == [True] * 6
    assert (await bot.get_my_description(language_code="ru")).description == "x"
    assert (await bot.get_my_short_description()).short_description == "x"


async def test_commands_are_kept_by_scope_and_language(bot: Bot) -> None:
    start = BotCommand(command="start", description="Begin")
    scope = BotCommandScopeAllPrivateChats()
    assert await bot.set_my_commands([start], scope=scope, language_code="ru") is True
    (kept,) = await bot.get_my_commands(scope=scope, language_code="ru")
    assert (kept.command, kept.description) == ("start", "Begin")
    assert await bot.get_my_commands() == []
    assert await bot.delete_my_commands(scope=scope, language_code="ru") is True
    assert await bot.get_my_commands(scope=scope, language_code="ru") == []


@pytest.mark.usefixtures("family")
async def test_chats_and_members_decode(bot: Bot) -> None:
    assert (await bot.get_me()).username == "luka_bot"
    assert (await bot.get_chat(7)).first_name == "Anna"
    assert (await bot.get_chat(-100200)).title == "Family"
    assert isinstance(await bot.get_chat_member(-100200, 7), ChatMemberOwner)
    admins = await bot.get_chat_administrators(-100200)
    assert [one.user.id for one in admins] == [7, 1]
    assert await bot.get_chat_member_count(-100200) == 2
    assert (await bot.get_chat_member(-100200, 1)).status == "administrator"


async def test_files_go_out_and_come_in(bot: Bot, anna: Person) -> None:
    file = BufferedInputFile(b"# Notes", filename="notes.md")
    sent = await bot.send_document(7, file, caption="<i>c</i>", parse_mode="HTML")
    assert sent.document is not None
    assert (sent.document.file_name, sent.caption) == ("notes.md", "c")
    photo = await bot.send_photo(7, BufferedInputFile(b"png", filename="x.png"), reply_markup=KEYS)
    assert photo.photo
    await anna.sends_document("hers.txt", b"hello")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.document is not None
    got = await bot.get_file(update.message.document.file_id)
    assert got.file_path is not None
    content = await bot.download_file(got.file_path, BytesIO())
    assert content is not None
    assert content.read() == b"hello"


async def test_the_webhook_is_kept(bot: Bot, telegram: LocalTelegram) -> None:
    assert await bot.set_webhook(f"{telegram.url}/x", allowed_updates=["message"]) is True
    info = await bot.get_webhook_info()
    assert (info.url, info.allowed_updates) == (f"{telegram.url}/x", ["message"])
    with pytest.raises(TelegramConflictError):
        await bot.get_updates()
    assert await bot.delete_webhook(drop_pending_updates=True) is True
    assert (await bot.get_webhook_info()).url == ""


async def test_topics_are_made_and_kept_in_order(bot: Bot, telegram: LocalTelegram) -> None:
    anna = telegram.person(7, "Anna")
    club = telegram.group(-300, "Club", [anna], bot_status="administrator", kind="forum")
    await club.promotes(anna, anonymous=True)
    topic = await bot.create_forum_topic(-300, "Novels")
    assert topic.name == "Novels"
    sent = await bot.send_message(-300, "Here", message_thread_id=topic.message_thread_id)
    assert (sent.message_thread_id, sent.is_topic_message) == (topic.message_thread_id, True)
    assert (await sent.answer("More")).message_thread_id == topic.message_thread_id
    assert await bot.edit_forum_topic(-300, topic.message_thread_id, name="Poems") is True
    assert await bot.close_forum_topic(-300, topic.message_thread_id) is True
    assert await bot.delete_forum_topic(-300, topic.message_thread_id) is True
    assert (await bot.get_chat(-300)).is_forum is True
    creator, _ = await bot.get_chat_administrators(-300)
    assert isinstance(creator, ChatMemberOwner)
    assert creator.is_anonymous is True


async def test_mini_apps_are_offered(bot: Bot) -> None:
    app = WebAppInfo(url="https://luka.example/app")
    button = InlineKeyboardButton(text="Open", web_app=app)
    keys = InlineKeyboardMarkup(inline_keyboard=[[button]])
    sent = await bot.send_message(7, "Here", reply_markup=keys)
    assert sent.reply_markup is not None
    assert sent.reply_markup.inline_keyboard[0][0].web_app is not None
    menu = MenuButtonWebApp(text="Chat", web_app=app)
    assert await bot.set_chat_menu_button(chat_id=7, menu_button=menu) is True
    kept = await bot.get_chat_menu_button(chat_id=7)
    assert isinstance(kept, MenuButtonWebApp)
    assert kept.web_app.url == app.url
