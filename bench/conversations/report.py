"""The figures as a table: on the terminal, and in docs/conversations-bench.md."""

import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.conversations.figures import Row
from bench.report import machine

BEGIN, END = "<!-- bench -->", "<!-- /bench -->"
HEADINGS = ("", "p50", "p95", "limit", "reference")
WIDTH = 110  # characters where there is no terminal to ask


def show(rows: Sequence[Row], of: str = "conversations") -> None:
    table = Table(*HEADINGS, title=f"{of}, {machine()}", title_justify="left")
    for column in table.columns[1:]:
        column.justify, column.no_wrap = "right", True
    group = ""
    for row in rows:
        if row.group != group:
            group = row.group
            table.add_section()
            table.add_row(f"[bold]{group}[/bold]")
        table.add_row(*_cells(row), style="red" if row.is_missed else None)
    Console(width=WIDTH if not sys.stdout.isatty() else None).print(table)


def write(rows: Sequence[Row], page: Path, command: str) -> None:
    """Between the marks of the page."""
    lines = [f"{datetime.now(UTC).date().isoformat()}, {machine()}: `{command}`.", ""]
    lines += [f"| {' | '.join(HEADINGS)} |", "|---|---:|---:|---:|---:|"]
    group = ""
    for row in rows:
        if row.group != group:
            group = row.group
            lines.append(f"| **{group}** | | | | |")
        lines.append(f"| {' | '.join(_cells(row))} |")
    block = "\n".join([BEGIN, *lines, END])
    between = re.compile(f"{BEGIN}.*?{END}", re.DOTALL)
    page.write_text(between.sub(lambda _: block, page.read_text("utf-8")), "utf-8")


def _cells(row: Row) -> tuple[str, ...]:
    unit = f" {row.unit}" if row.unit else ""
    limit = "" if row.limit is None else f"≤ {row.limit:g}{' missed' if row.is_missed else ''}"
    return (
        row.name,
        f"{_number(row.p50)}{unit}",
        "" if row.p95 is None else f"{_number(row.p95)}{unit}",
        limit,
        row.reference,
    )


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.3g}"
