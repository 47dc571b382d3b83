"""Entities as Telegram accepts them: code is styled by nothing else, quotes don't nest."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from luka_bot.delivery.rendered import Entity

CODE = frozenset({"code", "pre"})
_MAY_HOLD_CODE = frozenset({"blockquote", "text_link"})


def tidied(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Sorted, outer before inner. A link keeps its place and its code loses its style."""
    once = _unrepeated(sorted(entities, key=_order))
    links = [entity for entity in once if entity.kind == "text_link"]
    code = [entity for entity in once if entity.kind in CODE and not _inside(links, entity)]
    kept = list(code)
    for entity in once:
        if entity.kind in _MAY_HOLD_CODE:
            kept.append(entity)
        elif entity.kind not in CODE:
            kept += _around(code, entity)
    return tuple(sorted(kept, key=_order))


def _order(entity: Entity) -> tuple[int, int]:
    return entity.offset, -entity.length


def _unrepeated(ordered: Iterable[Entity]) -> list[Entity]:
    """Without what lies in another of its kind: bold in a bold heading, a quote in a quote."""
    reached: dict[str, int] = {}
    kept = []
    for entity in ordered:
        if entity.end > reached.get(entity.kind, 0):
            reached[entity.kind] = entity.end
            kept.append(entity)
    return kept


def _inside(links: Sequence[Entity], entity: Entity) -> bool:
    at = bisect_right(links, entity.offset, key=lambda link: link.offset) - 1
    return at >= 0 and entity.end <= links[at].end


def _around(code: Sequence[Entity], entity: Entity) -> list[Entity]:
    since = bisect_right(code, entity.offset, key=lambda hole: hole.end)
    until = bisect_left(code, entity.end, key=lambda hole: hole.offset)
    edges = [entity.offset]
    for hole in code[since:until]:
        edges += (hole.offset, hole.end)
    spans = list(pairwise([*edges, entity.end]))[::2]
    return [replace(entity, offset=a, length=b - a) for a, b in spans if b > a]
