"""What Telegram finds in a text by itself: commands, mentions, addresses."""

import re
from collections.abc import Iterator

from luka_bot.demo.telegram import utf16
from luka_bot.demo.telegram.records import Body, Entity

PATTERNS = {
    "bot_command": re.compile(r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/@])"),
    "url": re.compile(
        r"(?<![\w@./-])(?:https?://[^\s<>\"']*[^\s<>\"'.,;:!?)\]]"
        r"|(?:[\w-]+\.)+(?:com|org|net|io|me|ai|dev|ru|de)(?![\w.-])(?:/[^\s<>\"']*[^\s<>\"'.,;:!?)\]])?)"
    ),
    "email": re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[A-Za-z]{2,}(?!\w)"),
    "mention": re.compile(r"(?<![\w@.])@[A-Za-z]\w{2,31}(?!\w)"),
    "hashtag": re.compile(r"(?<![\w#&/])#(?=\w*[^\W\d])\w{1,256}"),
}
WHOLE = frozenset({"code", "pre", "text_link", "text_mention", "custom_emoji", *PATTERNS})


def with_found(body: Body) -> Body:
    """The body, plus what is found outside of code and links."""
    taken = [one for one in body.entities if one.kind in WHOLE]
    for entity in _found(body.text):
        if all(entity.end <= one.offset or one.end <= entity.offset for one in taken):
            taken.append(entity)
    styles = [one for one in body.entities if one.kind not in WHOLE]
    ordered = sorted(styles + taken, key=lambda one: (one.offset, -one.length))
    return Body(body.text, tuple(ordered))


def _found(text: str) -> Iterator[Entity]:
    for kind, pattern in PATTERNS.items():
        for match in pattern.finditer(text):
            offset = utf16.length(text[: match.start()])
            yield Entity(kind, offset, utf16.length(match.group()))
