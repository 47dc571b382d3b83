"""The words of one message, with their styles, as others are to get them."""

import json
from collections.abc import Iterable
from dataclasses import asdict

from aiogram.types import Message, MessageEntity

from luka_bot.delivery.rendered import NOTHING, Entity, Rendered, utf16_len

# A bot may not send the others, or Telegram finds them itself.
STYLES = frozenset(
    {
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
    }
)


def letter_in(message: Message) -> Rendered | None:
    """What stands behind the command, else the message that it replies to; NOTHING if there is
    neither, None if that is more than words."""
    text = message.text or ""
    _, *behind = text.split(maxsplit=1)
    if behind:
        begin = text.find(behind[0], text.find(" " if " " in text else "\n"))
        return Rendered(behind[0], _styles(message.entities, utf16_len(text[:begin])))
    said = message.reply_to_message
    if said is None:
        return NOTHING
    return Rendered(said.text, _styles(said.entities, 0)) if said.text else None


def packed(letter: Rendered) -> str:
    return json.dumps({"text": letter.text, "entities": [asdict(one) for one in letter.entities]})


def unpacked(body: str) -> Rendered:
    fields = json.loads(body)
    return Rendered(fields["text"], tuple(Entity(**one) for one in fields["entities"]))


def _styles(entities: Iterable[MessageEntity] | None, begin: int) -> tuple[Entity, ...]:
    """Those from begin on (UTF-16 units), counted from there."""
    return tuple(
        Entity(one.type, one.offset - begin, one.length, one.url or "", one.language or "")
        for one in entities or ()
        if one.type in STYLES and one.offset >= begin
    )
