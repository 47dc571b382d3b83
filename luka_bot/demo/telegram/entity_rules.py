"""Which entities Telegram takes, and what it makes of nested ones."""

from collections.abc import Iterable

from luka_bot.demo.telegram import utf16
from luka_bot.demo.telegram.json_types import Json
from luka_bot.demo.telegram.records import Entity
from luka_bot.demo.telegram.refusal import BadRequest

STYLES = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
QUOTES = frozenset({"blockquote", "expandable_blockquote"})
CODES = frozenset({"code", "pre"})
LINKS = frozenset({"text_link", "text_mention", "custom_emoji", "date_time"})
FOUND = frozenset(
    {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card"}
)
KNOWN = STYLES | QUOTES | CODES | LINKS | FOUND
EXTRA = ("url", "user", "language", "custom_emoji_id", "unix_time", "date_time_format")


def checked_entities(text: str, raw: object) -> list[Entity]:
    """BadRequest for entities that are unknown, out of the text, half a character, or crossing."""
    if raw is None:
        return []
    if not isinstance(raw, list):
        raise _refusal("expected an Array of MessageEntity")
    entities = [_entity(one) for one in raw]
    end, middles = utf16.length(text), utf16.pair_middles(text)
    for one in entities:
        if one.offset < 0 or one.length < 0 or one.end > end:
            raise _refusal(f"entity {one.kind} at {one.offset} ends outside of the text")
        if one.offset in middles:
            raise _refusal(f"Entity begins in a middle of a UTF-16 symbol at offset {one.offset}")
        if one.end in middles:
            raise _refusal(f"Entity ends in a middle of a UTF-16 symbol at offset {one.end}")
    kept = sorted((one for one in entities if one.length), key=_order)
    _refuse_crossing(kept)
    return kept


def settled(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Code stands alone: styles part around it. No link in code, no quote in a quote."""
    ordered = sorted(entities, key=_order)
    whole = _standing([one for one in ordered if one.kind in CODES | LINKS])
    codes = [one for one in whole if one.kind in CODES]
    quotes = _standing([one for one in ordered if one.kind in QUOTES])
    styled = [one for one in ordered if one.kind in STYLES]
    styles = [piece for one in styled for piece in _around(one, codes)]
    # What Telegram finds in a text it finds again; a bot can't place a mention where there is none.
    return tuple(sorted(whole + quotes + styles, key=_order))


def _entity(raw: object) -> Entity:
    match raw:
        case {"type": str(kind), "offset": int(offset), "length": int(length), **rest}:
            pass
        case _:
            raise _refusal("MessageEntity must have type, offset and length")
    if kind not in KNOWN:
        raise _refusal("Unsupported type specified")
    extra: Json = {str(key): value for key, value in rest.items() if key in EXTRA}
    needed = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id"}
    if needed.get(kind, kind) != kind and not extra.get(needed[kind]):
        raise _refusal(f'Can\'t find field "{needed[kind]}"')
    return Entity(kind, offset, length, extra)


def _refuse_crossing(entities: list[Entity]) -> None:
    open_ends: list[int] = []
    for one in entities:
        while open_ends and open_ends[-1] <= one.offset:
            open_ends.pop()
        if open_ends and one.end > open_ends[-1]:
            raise _refusal(f"entity {one.kind} at {one.offset} crosses the end of another")
        open_ends.append(one.end)


def _standing(ordered: list[Entity]) -> list[Entity]:
    """Of nested ones only the outermost."""
    kept: list[Entity] = []
    for one in ordered:
        if not kept or one.offset >= kept[-1].end:
            kept.append(one)
    return kept


def _around(style: Entity, codes: list[Entity]) -> list[Entity]:
    pieces, begin = [], style.offset
    for code in codes:
        if code.end <= begin or code.offset >= style.end:
            continue
        pieces.append((begin, code.offset))
        begin = code.end
    pieces.append((begin, style.end))
    return [Entity(style.kind, at, end - at, style.extra) for at, end in pieces if end > at]


def _order(entity: Entity) -> tuple[int, int]:
    return (entity.offset, -entity.length)


def _refusal(words: str) -> BadRequest:
    return BadRequest(f"can't parse entities: {words}")
