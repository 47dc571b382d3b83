"""Where a page of Markdown may end, and what the next one must begin with."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from luka_bot.delivery.half_open import open_marks
from luka_bot.delivery.markup import Event, Mark, events_of
from luka_bot.delivery.split import characters, sensible_cut

_UNCUT = frozenset({"Link", "Image", "InlineMath", "DisplayMath"})
_QUOTE = re.compile(r"(?:[ \t]*>[ \t]?)+")
_FENCE = re.compile(r"`{3,}|~{3,}")
_LEAD = re.compile(r"[ \t>]*(?:#{1,6}[ \t].*|\*\*.+\*\*|.*:(?:\*\*)?)\s*\Z")
LEAD_LONGEST = 200  # characters; more of them aren't a heading
TRIES = 6  # each one renders a page; the guesses close in fast


@dataclass(frozen=True, slots=True)
class PageEnd:
    """at: where the page ends; skipped: blanks left out after it; opening: begins the next page."""

    at: int
    skipped: int
    opening: str


@dataclass(frozen=True, slots=True)
class _Block:
    """A code block or a table: it can be cut between its lines if its head is repeated."""

    start: int
    end: int
    head: str


def page_end(markdown: str, size: int, load: Callable[[str], float]) -> PageEnd:
    """load says how full a page is; above 1 is too full. markdown as a whole is too much, even
    where load finds that it fits: then it was measured in another shape."""
    most = _longest(markdown, size, load)
    at = _place(markdown, most)
    while at > 1 and load(markdown[:at]) > 1:
        most = min(at - 1, most * 7 // 8) or 1
        at = _place(markdown, most)
    return _ended(markdown, at)


def _longest(markdown: str, size: int, load: Callable[[str], float]) -> int:
    """About as many characters as fit; guesses by how full the last try was."""
    fits, too_many = 0, len(markdown)
    guess = min(characters(markdown, size), too_many - 1)
    for _ in range(TRIES):
        full = load(markdown[:guess])
        if full <= 1:
            fits = guess
            if full > 0.95:
                break
        else:
            too_many = guess
        wanted = int(guess / full * 0.98) if full else guess * 2
        guess = min(max(wanted, fits + 1), too_many - 1)
        if guess <= fits:
            break
    return fits or max(guess // 2, 1)


def _place(markdown: str, most: int) -> int:
    page = markdown[:most]
    blocks = _blocks(page, events_of(page))
    least = most // 8 if any(block.head[:1] == " " for block in blocks) else most // 2
    breaks = [found.end() for found in re.finditer(r"\n(?:[ \t]*\n)*", page)]
    outside = [at for at in breaks if at >= least and not _block_at(blocks, at)]
    paragraphs = [at for at in outside if re.search(r"\n[ \t]*\n\Z", page[:at])]
    for at in (*reversed(paragraphs), *reversed(outside)):
        if (before := _before_lead(page, at)) >= max(least, 1):
            return before
    inside = [
        at
        for at in breaks
        if (block := _block_at(blocks, at)) and at > block.start + len(block.head)
    ]
    return inside[-1] if inside and inside[-1] >= most // 8 else _within_a_line(page, most)


def _before_lead(page: str, at: int) -> int:
    """at, or the start of the heading (or "As follows:") above it, which goes with what follows."""
    while at > 0:
        start = page.rfind("\n", 0, len(page[:at].rstrip())) + 1
        if at - start > LEAD_LONGEST or not _LEAD.match(page, start, at):
            break
        at = start
    return at


def _within_a_line(page: str, most: int) -> int:
    at = sensible_cut(page, most)
    for event in events_of(page):
        start, end = _span(page, event)
        if event.name in _UNCUT and start < at < end and start > most // 4:
            return start
    return at


def _ended(markdown: str, at: int) -> PageEnd:
    page, after = markdown[:at], markdown[at:]
    block = _block_at(_blocks(markdown[: at + 200], events_of(markdown[: at + 200])), at)
    if block:
        return PageEnd(at, 0, block.head)
    skipped = len(after) - len(after.lstrip())
    if re.search(r"\n[ \t]*\n\Z", page):
        return PageEnd(at, skipped, "")
    quote = "" if page.endswith("\n") else _quote(page)
    marks = "".join(open_marks(page))
    if _FENCE.match(marks + after[skipped:]):
        marks = ""  # at the start of a line it would open a block and swallow the line
    return PageEnd(at, skipped, quote + marks)


def _quote(page: str) -> str:
    found = _QUOTE.match(page, page.rfind("\n") + 1)
    return found[0] if found else ""


def _blocks(text: str, events: list[Event]) -> list[_Block]:
    blocks = []
    for event in events:
        if event.mark is not Mark.START or event.name not in {"CodeBlock", "Table"}:
            continue
        start, end = _span(text, event)
        line = text.rfind("\n", 0, start) + 1
        before = "".join(sign if sign in "> \t" else " " for sign in text[line:start])
        lines = text[start:end].split("\n")
        if event.name == "Table":
            blocks.append(_Block(start, end, f"{before}{lines[0]}\n{lines[1]}\n"))
        elif _FENCE.match(lines[0]):
            blocks.append(_Block(start, end, f"{before}{lines[0]}\n"))
    return blocks


def _block_at(blocks: list[_Block], at: int) -> _Block | None:
    return next((block for block in blocks if block.start < at < block.end), None)


def _span(text: str, event: Event) -> tuple[int, int]:
    source = text.encode()
    start = len(source[: event.start].decode())
    return start, start + len(source[event.start : event.end].decode())
