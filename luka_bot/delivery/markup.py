"""How the Markdown parser reads a text: its events, with their places in the source."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

import pyromark
from telegramify_markdown.converter import STANDARD_OPTIONS


class Mark(Enum):
    START = auto()
    END = auto()
    LEAF = auto()


@dataclass(frozen=True, slots=True)
class Event:
    """start and end are byte offsets in the source; detail is the parser's own shape."""

    mark: Mark
    name: str
    detail: Any
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Edit:
    """Bytes start to end become text; an insertion where both are the same."""

    start: int
    end: int
    text: str


def events_of(markdown: str) -> list[Event]:
    return [
        _event(payload, place["start"], place["end"])
        for payload, place in pyromark.events_with_range(markdown, options=STANDARD_OPTIONS)
    ]


def code_ranges(events: Iterable[Event]) -> list[tuple[int, int]]:
    """Where the parser sees code, inline or block, in document order."""
    return [
        (event.start, event.end)
        for event in events
        if (event.mark is Mark.START and event.name == "CodeBlock") or event.name == "Code"
    ]


def apply(markdown: str, edits: Iterable[Edit]) -> str:
    """Later edits that overlap an earlier one are left out."""
    source = markdown.encode()
    parts: list[bytes] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < at:
            continue
        parts += (source[at : edit.start], edit.text.encode())
        at = edit.end
    return b"".join((*parts, source[at:])).decode()


def _event(payload: Any, start: int, end: int) -> Event:  # noqa: ANN401 - the parser's shape
    if isinstance(payload, str):
        return Event(Mark.LEAF, payload, None, start, end)
    ((key, value),) = payload.items()
    if key not in {"Start", "End"}:
        return Event(Mark.LEAF, key, value, start, end)
    mark = Mark.START if key == "Start" else Mark.END
    if isinstance(value, str):
        return Event(mark, value, None, start, end)
    ((name, detail),) = value.items()
    return Event(mark, name, detail, start, end)
