"""Calls that carry text, as aiogram wants them: topic, reply and styles always filled in."""

import html
import re

from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import (
    ForceReply,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MessageEntity,
    ReplyParameters,
)

from luka_bot.delivery.rendered import Rendered
from luka_bot.delivery.target import Target
from luka_bot.models.ids import MessageId

Keyboard = InlineKeyboardMarkup | ForceReply
Html = str
Body = Rendered | Html

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
