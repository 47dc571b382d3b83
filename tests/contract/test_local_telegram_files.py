"""Files through aiogram: fetched, sent alone and as albums, and the limits of it all."""

from io import BytesIO

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BufferedInputFile,
    InputMediaDocument,
    InputMediaPhoto,
    MessageEntity,
    ReplyParameters,
)
from aiohttp import ClientError

from luka_bot.demo.telegram import Fault, LocalTelegram, Person
from luka_bot.demo.telegram.methods.files import LARGEST_DOWNLOAD, LARGEST_UPLOAD

TOO_BIG = "Bad Request: file is too big"


def document(name: str, content: bytes = b"x", caption: str | None = None) -> InputMediaDocument:
    return InputMediaDocument(media=BufferedInputFile(content, name), caption=caption)


async def test_an_album_comes_as_an_update_for_each_file(
    bot: Bot, anna: Person, telegram: LocalTelegram
) -> None:
    question = await bot.send_message(7, "Which files?")
    files = {"one.txt": b"1", "two.txt": b"2"}
    await anna.sends_album(files, "Both", reply_to=question.message_id)
    messages = [update.message for update in await bot.get_updates()]
    assert [one.document.file_name for one in messages if one and one.document] == list(files)
    assert [one.caption for one in messages if one] == ["Both", None]
    (group,) = {one.media_group_id for one in messages if one}
    assert group
    replied = [one.reply_to_message for one in messages if one]
    assert [one.message_id for one in replied if one] == [question.message_id] * 2
    await anna.sends_album({"a.png": b"a", "b.png": b"b"}, kind="photo")
    albums = [one.album for one in telegram.shown(7)[-2:]]
    assert albums[0] == albums[1] != group


async def test_a_file_alone_may_be_a_reply(bot: Bot, anna: Person) -> None:
    card = await bot.send_message(7, "Job 1")
    await anna.sends_document("more.txt", b"more", "Also this", reply_to=card.message_id)
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.reply_to_message is not None
    assert update.message.reply_to_message.text == "Job 1"
    assert update.message.media_group_id is None


async def test_the_bot_sends_an_album_as_a_reply(
    bot: Bot, anna: Person, telegram: LocalTelegram
) -> None:
    asked = await anna.writes("Send them")
    reply = ReplyParameters(message_id=asked)
    bold = MessageEntity(type="bold", offset=0, length=4)
    first = document("a.md", b"# A", "Both").model_copy(update={"caption_entities": [bold]})
    media = [first, document("b.md", b"# B")]
    sent = await bot.send_media_group(7, list(media), reply_parameters=reply)
    assert [one.document.file_name for one in sent if one.document] == ["a.md", "b.md"]
    assert [one.caption for one in sent] == ["Both", None]
    assert sent[0].caption_entities
    assert len({one.media_group_id for one in sent}) == 1
    shown = telegram.shown(7)[-2:]
    assert [(one.content, one.reply_to) for one in shown] == [(b"# A", asked), (b"# B", asked)]


async def test_what_is_no_album_is_refused(bot: Bot) -> None:
    photo = InputMediaPhoto(media=BufferedInputFile(b"x", "x.png"))
    for media in ([document("a")], [document(str(one)) for one in range(11)]):
        with pytest.raises(TelegramBadRequest, match="from 2 to 10"):
            await bot.send_media_group(7, list(media))
    with pytest.raises(TelegramBadRequest, match="can't be mixed"):
        await bot.send_media_group(7, [document("a"), photo])
    with pytest.raises(TelegramBadRequest, match="file must be non-empty"):
        await bot.send_media_group(7, [document("a"), document("b", b"")])


async def test_files_beyond_the_limits_are_refused(bot: Bot, anna: Person) -> None:
    for content in (b"x" * LARGEST_DOWNLOAD, b"x" * (LARGEST_DOWNLOAD + 1)):
        await anna.sends_document("large.bin", content)
    within, beyond = [one.message for one in await bot.get_updates()]
    assert within
    assert within.document
    assert (await bot.get_file(within.document.file_id)).file_size == LARGEST_DOWNLOAD
    assert beyond
    assert beyond.document
    with pytest.raises(TelegramBadRequest, match=TOO_BIG):
        await bot.get_file(beyond.document.file_id)
    photo = BufferedInputFile(b"x" * (LARGEST_UPLOAD["photo"] + 1), "x.png")
    with pytest.raises(TelegramBadRequest, match="photo is too big"):
        await bot.send_photo(7, photo)


async def test_fetching_goes_wrong_on_order(
    bot: Bot, anna: Person, telegram: LocalTelegram
) -> None:
    await anna.sends_document("hers.txt", b"hello")
    (update,) = await bot.get_updates()
    assert update.message
    assert update.message.document
    path = (await bot.get_file(update.message.document.file_id)).file_path or ""
    for fault in (Fault.server_error(), Fault.cut_after()):
        telegram.faults.add("file", fault)
        with pytest.raises(ClientError):
            await bot.download_file(path, BytesIO())
    got = await bot.download_file(path, BytesIO())
    assert got
    assert got.read() == b"hello"
