"""Where a text may be cut into messages, and how its styles are cut with it."""

import re
from collections.abc import Iterable
from dataclasses import replace
from unicodedata import combining

from luka_bot.delivery.rendered import ENTITY_LIMIT, Entity, Rendered, utf16_len

PART_SIZE = 3900  # UTF-16 units; leaves room below Telegram's 4096 for closing what is open

_PLACES = (
    re.compile(r"\n[ \t]*\n+"),
    re.compile(r"\n+"),
    re.compile(r"[.!?…]+[)\"'»”]*\s+|[。！？]"),
    re.compile(r"\s+"),
)
_JOINERS = "\u200d\ufe0f\ufe0e\u20e3"


def split(rendered: Rendered, size: int = PART_SIZE) -> tuple[Rendered, ...]:
    """Parts of at most size units and 100 entities; only blank lines between them are left out."""
    parts = []
    while utf16_len(rendered.text) > size or len(rendered.entities) > ENTITY_LIMIT:
        at = sensible_cut(rendered.text, _most(rendered, size))
        parts.append(_between(rendered, 0, at))
        rendered = _between(rendered, at, len(rendered.text))
    return tuple(part for part in (*parts, rendered) if not part.blank)


def sensible_cut(text: str, most: int) -> int:
    """The best place (characters) to end a part, at most `most` and more than 0."""
    window = text[:most]
    for place in _PLACES:
        ends = [found.end() for found in place.finditer(window)]
        if ends and ends[-1] >= most // 2:
            return ends[-1]
    return _between_clusters(text, most)


def _most(rendered: Rendered, size: int) -> int:
    if len(rendered.entities) > ENTITY_LIMIT:
        size = min(size, max(rendered.entities[ENTITY_LIMIT].offset, 1))
    most = characters(rendered.text, size)
    return max(most, 1)


def characters(text: str, units: int) -> int:
    """How many characters fit into so many UTF-16 units, never half of one."""
    if utf16_len(text) <= units:
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")[: units * 2].decode("utf-16-le", "ignore"))


def _between_clusters(text: str, at: int) -> int:
    """A step back if `at` lies inside a flag, an emoji sequence or a letter with its marks."""
    for candidate in range(at, max(at - 64, 0), -1):
        if not _inside_cluster(text, candidate):
            return candidate
    return at


def _inside_cluster(text: str, at: int) -> bool:
    if at >= len(text):
        return False
    before, after = text[at - 1], text[at]
    if after in _JOINERS or before == "\u200d" or combining(after):
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff":  # skin tones
        return True
    if not _is_flag_half(after):
        return False
    run = re.search("[\U0001f1e6-\U0001f1ff]*\\Z", text[:at])
    return run is not None and len(run[0]) % 2 == 1


def _is_flag_half(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"


def _between(rendered: Rendered, start: int, end: int) -> Rendered:
    """Characters start to end, without blank lines at the edges; entities clipped to them."""
    piece = rendered.text[start:end]
    start += len(piece) - len(re.sub(r"\A(?:[ \t]*\n)+", "", piece))
    text = rendered.text[start:end].rstrip()
    since = utf16_len(rendered.text[:start])
    return Rendered(text, tuple(_clipped(rendered.entities, since, since + utf16_len(text))))


def _clipped(entities: Iterable[Entity], since: int, until: int) -> Iterable[Entity]:
    for entity in entities:
        start, end = max(entity.offset, since), min(entity.end, until)
        if end > start:
            yield replace(entity, offset=start - since, length=end - start)
