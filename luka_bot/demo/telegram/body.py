"""From what a bot sends to what stands in the chat: parsed, checked, trimmed, measured."""

from collections.abc import Iterable

from luka_bot.demo.telegram import utf16
from luka_bot.demo.telegram.detect import with_found
from luka_bot.demo.telegram.entity_rules import checked_entities, settled
from luka_bot.demo.telegram.html_markup import parse_html
from luka_bot.demo.telegram.records import Body, Entity
from luka_bot.demo.telegram.refusal import BadRequest

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LONGEST_RAW = 32768  # bytes
MOST_ENTITIES = 100
CONTROL = {code: " " for code in range(32) if chr(code) not in "\n\r"}


def composed_text(text: str | None, parse_mode: str | None, entities: object) -> Body:
    if not text:
        raise BadRequest("message text is empty")
    body = composed(text, parse_mode, entities)
    if not body.text.strip():
        raise BadRequest("text must be non-empty")
    if utf16.length(body.text) > LONGEST_TEXT:
        raise BadRequest("message is too long")
    return body


def composed_caption(text: str | None, parse_mode: str | None, entities: object) -> Body:
    body = composed(text or "", parse_mode, entities)
    if utf16.length(body.text) > LONGEST_CAPTION:
        raise BadRequest("message caption is too long")
    return body


def composed(text: str, parse_mode: str | None, entities: object) -> Body:
    """Of any length, also empty."""
    body = _parsed(text, parse_mode, entities)
    tidied = with_found(tidy(body))
    return Body(tidied.text, tidied.entities[:MOST_ENTITIES])


def typed(text: str) -> Body:
    """What a person typed: no markup, but commands and links are found."""
    return with_found(Body(text))


def _parsed(text: str, parse_mode: str | None, entities: object) -> Body:
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        raise BadRequest("strings must be encoded in UTF-8") from error
    if size > LONGEST_RAW:
        raise BadRequest("text is too long")
    match (parse_mode or "").lower():
        case "":
            return Body(text, settled(checked_entities(text, entities)))
        case "html":
            body = parse_html(text)
            return Body(body.text, settled(body.entities))
        case _:
            raise BadRequest("unsupported parse_mode")


def tidy(body: Body) -> Body:
    """Without control characters and outer whitespace; entities move along and blank ones go.

    Leading whitespace inside an entity stays, as Telegram leaves it.
    """
    text = body.text.translate(CONTROL)
    first = min((one.offset for one in body.entities), default=utf16.length(text))
    begin = _leading(text, first)
    end = len(text.rstrip(" \n\r"))
    if begin == 0 and end == len(text) and "\r" not in text:
        stays_put = list(range(utf16.length(text) + 1))
        return Body(text, tuple(_moved(text, body.entities, stays_put)))
    kept: list[str] = []
    moved: list[int] = []  # old offset -> new offset
    at = 0
    for index, char in enumerate(text):
        width = 2 if ord(char) > 0xFFFF else 1
        stays = begin <= index < end and char != "\r"
        moved.extend(at + step * stays for step in range(width))
        if stays:
            kept.append(char)
            at += width
    moved.append(at)
    return Body("".join(kept), tuple(_moved("".join(kept), body.entities, moved)))


def _leading(text: str, first_entity: int) -> int:
    """How many characters of whitespace stand before everything else."""
    blank = len(text) - len(text.lstrip(" \n\r"))
    return min(blank, first_entity)  # whitespace is one unit each, so both count alike


def _moved(text: str, entities: Iterable[Entity], moved: list[int]) -> Iterable[Entity]:
    for one in entities:
        offset, end = moved[one.offset], moved[one.end]
        if utf16.cut(text, offset, end - offset).strip():
            yield Entity(one.kind, offset, end - offset, one.extra)
