"""Calls that carry words, as aiogram wants them: topic, reply, sound and styles filled in."""

import html
import re
from collections.abc import Sequence

from aiogram.methods import EditMessageText, SendDocument, SendMediaGroup, SendMessage, SendPhoto
from aiogram.types import (
    BufferedInputFile,
    ForceReply,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaDocument,
    LinkPreviewOptions,
    MessageEntity,
    ReplyParameters,
)

from luka_bot.delivery.rendered import Rendered, utf16_len
from luka_bot.delivery.split import characters
from luka_bot.delivery.target import Target
from luka_bot.models.ids import MessageId

Keyboard = InlineKeyboardMarkup | ForceReply
Html = str
Body = Rendered | Html

CAPTION_LIMIT = 1024  # UTF-16 units, after Telegram has read the styles

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)  # Telegram would fetch what a model names
_TAG = re.compile(r"<[^<>]*>")


def send_call(target: Target, body: Body, keyboard: Keyboard | None = None) -> SendMessage:
    text, entities, parse_mode = _styled(body)
    return SendMessage(
        chat_id=target.chat_id,
        message_thread_id=target.topic_id,
        text=text,
        entities=entities,
        parse_mode=parse_mode,
        reply_parameters=reply(target),
        reply_markup=keyboard,
        link_preview_options=_NO_PREVIEW,
        disable_notification=target.quiet or None,
    )


def document_call(
    target: Target, file: InputFile, caption: str, keyboard: Keyboard | None = None
) -> SendDocument:
    """caption is plain text; what is beyond Telegram's limit is left out."""
    return SendDocument(
        chat_id=target.chat_id,
        message_thread_id=target.topic_id,
        document=file,
        caption=_cut(caption) or None,
        parse_mode=None,
        reply_parameters=reply(target),
        reply_markup=keyboard,
        disable_notification=target.quiet or None,
    )


def album_call(target: Target, files: Sequence[InputFile], caption: str) -> SendMediaGroup:
    """Of documents, 2 to 10; the caption, as document_call's, stands under the first."""
    captions = [_cut(caption) or None, *[None] * (len(files) - 1)]
    return SendMediaGroup(
        chat_id=target.chat_id,
        message_thread_id=target.topic_id,
        media=[
            InputMediaDocument(media=file, caption=words, parse_mode=None)
            for file, words in zip(files, captions, strict=True)
        ],
        reply_parameters=reply(target),
        disable_notification=target.quiet or None,
    )


def photo_call(
    target: Target, file: BufferedInputFile, caption: Html, keyboard: Keyboard | None = None
) -> SendPhoto:
    """A caption beyond Telegram's limit loses its styles and its end."""
    bare = unstyled(caption).text
    fits = utf16_len(bare) <= CAPTION_LIMIT
    return SendPhoto(
        chat_id=target.chat_id,
        message_thread_id=target.topic_id,
        photo=file,
        caption=(caption if fits else _cut(bare)) or None,
        parse_mode="HTML" if fits else None,
        reply_parameters=reply(target),
        reply_markup=keyboard,
        disable_notification=target.quiet or None,
    )


def edit_call(
    target: Target, message_id: MessageId, body: Body, keyboard: InlineKeyboardMarkup | None
) -> EditMessageText:
    text, entities, parse_mode = _styled(body)
    return EditMessageText(
        chat_id=target.chat_id,
        message_id=message_id,
        text=text,
        entities=entities,
        parse_mode=parse_mode,
        reply_markup=keyboard,
        link_preview_options=_NO_PREVIEW,
    )


def reply(target: Target) -> ReplyParameters | None:
    if target.reply_to is None:
        return None
    return ReplyParameters(message_id=target.reply_to, allow_sending_without_reply=True)


def unstyled(body: Body) -> Rendered:
    """The same text, for when Telegram refuses the styles."""
    if isinstance(body, Rendered):
        return Rendered(body.text)
    return Rendered(html.unescape(_TAG.sub("", body)))


def _cut(caption: str) -> str:
    return caption[: characters(caption, CAPTION_LIMIT)]


def _styled(body: Body) -> tuple[str, list[MessageEntity] | None, str | None]:
    """parse_mode is None always where a model wrote the text."""
    if isinstance(body, str):
        return body, None, "HTML"
    entities = [
        MessageEntity(
            type=entity.kind,
            offset=entity.offset,
            length=entity.length,
            url=entity.url or None,
            language=entity.language or None,
        )
        for entity in body.entities
    ]
    return body.text, entities or None, None
