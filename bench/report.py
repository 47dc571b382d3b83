"""The figures as a table: on the terminal, and in docs/benchmark.md."""

import os
import platform
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.figures import Row
from bench.plan import Sizes

PAGE = Path(__file__).parent.parent / "docs" / "benchmark.md"
BEGIN, END = "<!-- bench -->", "<!-- /bench -->"
HEADINGS = ("", "floor", "luka", "ratio", "rounds", "aim")
NAME_WIDTH = 32
WIDTH = 110  # characters where there is no terminal to ask


def show(rows: list[Row], sizes: Sizes) -> None:
    table = Table(*HEADINGS, title=f"luka and the floor, {machine()}", title_justify="left")
    table.columns[0].min_width = NAME_WIDTH
    for column in table.columns:
        column.no_wrap = True
    for column in table.columns[1:]:
        column.justify = "right"
    group = ""
    for row in rows:
        if row.group != group:
            group = row.group
            table.add_section()
            table.add_row(f"[bold]{group}[/bold]")
        table.add_row(*_cells(row), style="red" if row.missed else None)
    console = Console(width=WIDTH if not sys.stdout.isatty() else None)
    console.print(table)
    console.print(_sizes(sizes))


def write(rows: list[Row], sizes: Sizes) -> None:
    """Between the marks in docs/benchmark.md."""
    lines = [f"{_today()}, {machine()}. {_sizes(sizes)}", ""]
    lines += [f"| {' | '.join(HEADINGS)} |", "|---|---:|---:|---:|---:|---:|"]
    group = ""
    for row in rows:
        if row.group != group:
            group = row.group
            lines.append(f"| **{group}** | | | | | |")
        lines.append(f"| {' | '.join(_cells(row))} |")
    page = PAGE.read_text("utf-8")
    between = re.compile(f"{BEGIN}.*?{END}", re.DOTALL)
    block = "\n".join([BEGIN, *lines, END])
    PAGE.write_text(between.sub(lambda _: block, page), "utf-8")


def machine() -> str:
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count()
    load = os.getloadavg()[0]
    return f"{cores} cores, Python {platform.python_version()}, load {load:.1f} at the end"


def _cells(row: Row) -> tuple[str, ...]:
    unit = f" {row.unit}" if row.unit else ""
    aim = f"{row.aim}{' missed' if row.missed else ''}" if row.aim else ""
    return (
        row.name,
        "" if row.floor is None else f"{_number(row.floor)}{unit}",
        f"{_number(row.luka)}{unit}",
        "" if row.ratio is None else f"{row.ratio:.2f}",
        "" if row.spread is None else f"{row.spread[0]:.2f} to {row.spread[1]:.2f}",
        aim,
    )


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}"


def _sizes(sizes: Sizes) -> str:
    return (
        f"{sizes.rounds} rounds; fluent: {sizes.fluent.people} people, "
        f"{sizes.fluent.questions} questions each; alone: {sizes.alone.questions} questions; "
        f"crowd: {sizes.busy.people} people, {sizes.busy.questions} questions each."
    )


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
