"""Tables that can be read on a phone: aligned while they are narrow, else a block for each row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from unicodedata import combining, east_asian_width

from luka_bot.delivery.markup import Edit, Event, Mark, apply, events_of

NARROW = 40  # columns; what a phone shows of monospaced text without breaking its lines

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_OPENS_BLOCK = re.compile(r"[ \t]*(?:[-+*>#=~`]|\d+[.)])")


@dataclass(slots=True)
class Cell:
    """source is Markdown, shown what a person reads of it."""

    source: str
    shown: str = ""


@dataclass(slots=True)
class Table:
    start: int
    end: int
    rows: list[list[Cell]] = field(default_factory=list)
    has_links: bool = False


def tables_rewritten(markdown: str) -> str:
    if "|" not in markdown:
        return markdown
    source = markdown.encode()
    tables = _tables(events_of(markdown), source)
    return apply(markdown, [_rewritten(table, source) for table in tables])


def _tables(events: list[Event], source: bytes) -> Iterator[Table]:
    table = Table(0, 0)
    cell = Cell("")
    seen = 0  # the parser leaves out cells beyond the header's columns
    for event in events:
        match event:
            case Event(Mark.START, "Table"):
                table = Table(event.start, event.end)
            case Event(Mark.START, "TableHead" | "TableRow"):
                table.rows.append([])
                seen = event.start
            case Event(Mark.START, "TableCell"):
                cell = Cell(_text(source, event).replace(r"\\|", "|"))
                table.rows[-1].append(cell)
                seen = event.end
            case Event(Mark.LEAF, "Text" | "Code" | "InlineMath" | "DisplayMath", shown):
                cell.shown += shown
            case Event(Mark.START, "Link"):
                table.has_links = True
            case Event(Mark.END, "TableRow"):
                table.rows[-1] += _beyond(source[seen : event.end].decode())
            case Event(Mark.END, "Table"):
                yield table
            case _:
                pass


def _text(source: bytes, event: Event) -> str:
    return source[event.start : event.end].decode().strip().strip("|").strip()


def _beyond(rest: str) -> Iterator[Cell]:
    for part in re.split(r"(?<!\\)\|", rest):
        if shown := part.strip():
            yield Cell(_escaped(shown), shown)


def _rewritten(table: Table, source: bytes) -> Edit:
    """Inside a quote or a list every line gets the marks that its container wants."""
    line = source.rfind(b"\n", 0, table.start) + 1
    before = source[line : table.start].decode()
    inside = "".join(sign if sign in "> \t" else " " for sign in before)
    lines = _aligned(table) or list(_row_by_row(table))
    tail = "\n" if source[: table.end].endswith(b"\n") else ""
    return Edit(table.start, table.end, f"\n{inside}".join(lines) + tail)


def _aligned(table: Table) -> list[str]:
    columns = max(map(len, table.rows))
    grid = [[_cell_shown(row, i) for i in range(columns)] for row in table.rows]
    widths = [max(_width(row[i]) for row in grid) for i in range(columns)]
    if table.has_links or sum(widths) + 3 * (columns - 1) > NARROW:
        return []
    lines = [" │ ".join(map(_padded, row, widths)).rstrip() for row in grid]
    lines.insert(1, "─┼─".join("─" * width for width in widths))
    ticks = max((len(run) for run in re.findall("`+", "".join(lines))), default=0)
    fence = "`" * max(3, ticks + 1)
    return [fence, *lines, fence]


def _cell_shown(row: list[Cell], index: int) -> str:
    return row[index].shown.strip() if index < len(row) else ""


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    return sum(
        0 if combining(sign) or sign == "\ufe0f" else 2 if east_asian_width(sign) in "WF" else 1
        for sign in text
    )


def _row_by_row(table: Table) -> Iterator[str]:
    header, *rows = table.rows
    names = [_escaped(cell.shown.strip()) for cell in header]
    if not rows:
        yield " │ ".join(_started(cell.source) for cell in header)
    for number, row in enumerate(rows):
        if number:
            yield ""
        filled = [(i, cell) for i, cell in enumerate(row) if cell.source]
        for place, (index, cell) in enumerate(filled):
            name = names[index] if index < len(names) else ""
            if not name:
                yield _started(cell.source)
            elif place:
                yield f"{_started(name)}: {cell.source}"
            else:
                yield f"**{name}:** {cell.source}"


def _started(source: str) -> str:
    """At the start of a line `- x` or `1. x` would become a list."""
    return f"\u2022 {source}" if _OPENS_BLOCK.match(source) else source


def _escaped(text: str) -> str:
    return _PUNCTUATION.sub(r"\\\1", text)
