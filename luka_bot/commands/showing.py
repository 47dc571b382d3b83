"""What commands print: sentences, tables, and JSON for other programs."""

import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

Row = Sequence[str]


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()  # whoever watches through a pipe sees it now


def fail(text: str) -> int:
    """The exit code."""
    sys.stderr.write(f"{text}\n")
    return 1


def show_json(document: dict[str, object]) -> None:
    say(json.dumps(document, ensure_ascii=False, indent=2))


def show_table(names: Row, rows: Sequence[Row]) -> None:
    """In colours on a terminal, else as columns between spaces."""
    rows = [[harmless(cell) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        _show_plain([names, *rows])
        return
    table = Table(*names, box=None, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*map(Text, row))
    Console().print(table)


def harmless(text: str) -> str:
    """People choose their names, and a terminal obeys what it is sent."""
    return "".join(char for char in text if char.isprintable())


def day(at: float) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d}" if at else ""


def minute(at: float) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M}" if at else ""


def iso(at: float) -> str | None:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds") if at else None


def _show_plain(rows: Sequence[Row]) -> None:
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = zip(row, widths, strict=True)
        say("  ".join(cell + " " * (width - cell_len(cell)) for cell, width in cells).rstrip())
