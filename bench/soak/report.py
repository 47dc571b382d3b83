"""The outcome as tables and a picture: on the terminal, and in docs/soak.md."""

import os
import platform
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from bench.soak import curve, verdict
from bench.soak.performance import Outcome
from bench.soak.samples import Sample

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGE, PICTURE = DOCS / "soak.md", DOCS / "images" / "soak.svg"
BEGIN, END = "<!-- soak -->", "<!-- /soak -->"
CASES_SHOWN = 12  # of each kind of trouble
MOST = 100  # items; a container that never held so many isn't worth a line

Rows = list[tuple[str, ...]]

FIGURES: tuple[tuple[str, str, Callable[[Sample], float]], ...] = (
    ("RSS of luka, MiB", "{:.1f}", lambda one: one.rss),
    ("RSS of its Valkey, MiB", "{:.1f}", lambda one: one.store_rss),
    ("used by Valkey's data, MiB", "{:.1f}", lambda one: one.store_used),
    ("objects in Python", "{:,.0f}", lambda one: one.objects),
    ("tasks", "{:.0f}", lambda one: one.tasks),
    ("open files and sockets", "{:.0f}", lambda one: one.fds),
    ("updates in the inbox", "{:.0f}", lambda one: one.depth),
)


def show(outcome: Outcome, folder: Path) -> None:
    console = Console(width=110 if not sys.stdout.isatty() else None, soft_wrap=True)
    console.print(summary(outcome), markup=False, highlight=False)
    for rows in (memory(outcome), containers(outcome), kinds(outcome), deeds(outcome)):
        console.print(_table(rows))
    found = verdict.broken(outcome)
    for name, cases in found.items():
        console.print(f"\n[bold red]{name}[/bold red]")
        for case in cases[:CASES_SHOWN]:
            console.print(f"  {case}", markup=False)
    if found:
        console.print(f"\nThe logs are in {folder}")


def write(outcome: Outcome) -> None:
    """Between the marks in docs/soak.md, and the picture beside it."""
    PICTURE.write_text(curve.svg(outcome), "utf-8")
    tables = (memory(outcome), containers(outcome), kinds(outcome), deeds(outcome))
    parts = [summary(outcome), *("\n".join(_markdown(rows)) for rows in tables)]
    found = verdict.broken(outcome)
    parts.append(f"Grew, or was lost: {', '.join(found) or 'nothing'}.")
    block = "\n".join([BEGIN, "\n\n".join(parts), END])
    between = re.compile(f"{BEGIN}.*?{END}", re.DOTALL)
    PAGE.write_text(between.sub(lambda _: block, PAGE.read_text("utf-8")), "utf-8")


def summary(outcome: Outcome) -> str:
    plan, record, last = outcome.plan, outcome.record, outcome.samples[-1]
    people = plan.regulars + record.once
    slopes = [
        verdict.growth(outcome, figure) for _, _, figure in (FIGURES[0], FIGURES[1], FIGURES[3])
    ]
    alarms = ", ".join(f"{name} {number:.0f}" for name, number in outcome.alarms.items())
    return (
        f"{_today()}, {_machine()}, seed {plan.seed}. {last.turns:,} turns of {people:,} people "
        f"({record.once:,} of them came once) in {plan.days} days, which took "
        f"{outcome.seconds / 60:.0f} minutes. Over the last half luka's RSS changed by "
        f"{slopes[0]:+.2f} MiB in 1,000 turns, that of its Valkey by {slopes[1]:+.2f} MiB, and the "
        f"objects in Python by {slopes[2]:+.0f}. Alarms: {alarms or 'none'}. Keys that would stay "
        f"for ever: {len(outcome.immortal)}. Waited for in vain: {len(record.missed)}."
    )


def memory(outcome: Outcome) -> Rows:
    """The median of each quarter of the turns."""
    quarters = verdict.quarters(outcome)
    rows: Rows = [("", "idle, new", "1st quarter", "2nd", "3rd", "4th")]
    for name, form, figure in FIGURES:
        cells = [form.format(_median(samples, figure)) for samples in quarters]
        rows.append((name, form.format(figure(outcome.idle)), *cells))
    busy = [[one for one in samples if one.whole_p50] for samples in quarters]
    times: tuple[tuple[str, Callable[[Sample], float]], ...] = (
        ("question to whole answer, p50, ms", lambda one: 1000 * one.whole_p50),
        ("question to whole answer, p95, ms", lambda one: 1000 * one.whole_p95),
    )
    for name, figure in times:
        rows.append((name, "", *(f"{_median(samples, figure):.0f}" for samples in busy)))
    return rows


def containers(outcome: Outcome) -> Rows:
    """The most that any of luka's own containers held, in each quarter."""
    quarters = [verdict.largest(samples) for samples in verdict.quarters(outcome)]
    first = verdict.largest([outcome.idle])
    rows: Rows = [("held at most", "idle, new", "1st quarter", "2nd", "3rd", "4th")]
    for where in sorted(set().union(*quarters)):
        counts = [quarter.get(where, 0.0) for quarter in quarters]
        if max(counts) >= MOST and max(counts) > first.get(where, 0.0):
            cells = [f"{items:,.0f}" for items in (first.get(where, 0.0), *counts)]
            rows.append((f"`{where}`", *cells))
    return rows


def kinds(outcome: Outcome) -> Rows:
    days, evenings = outcome.plan.days, outcome.evenings
    looks = sorted({max(days * part // 4, 1) for part in (1, 2, 3, 4)})
    heading = [f"day {day}" for day in looks]
    rows: Rows = [("keys", "lifetime", *heading, "a month later", "bytes each")]
    for kind in sorted(set().union(*(evening.kinds for evening in evenings))):
        counts = [f"{evenings[day - 1].kinds[kind]:,}" for day in looks]
        size = outcome.sizes.get(kind)
        later = str(outcome.afterwards[kind])
        row = (f"`{kind}`", _life(kind), *counts, later, f"{size:,.0f}" if size else "")
        rows.append(row)
    totals = [f"{evenings[day - 1].kinds.total():,}" for day in looks]
    rows.append(("all", "", *totals, str(outcome.afterwards.total()), ""))
    return rows


def deeds(outcome: Outcome) -> Rows:
    rows: Rows = [("what people did", "times")]
    rows += [(name, f"{number:,}") for name, number in outcome.record.deeds.most_common()]
    rows += [(f"dead letters: {why}", f"{number:,.0f}") for why, number in outcome.dead.items()]
    return rows


def _table(rows: Rows) -> Table:
    table = Table(*rows[0])
    for column in table.columns[1:]:
        column.justify = "right"
    for row in rows[1:]:
        table.add_row(*row)
    return table


def _markdown(rows: Rows) -> Iterator[str]:
    yield f"| {' | '.join(rows[0])} |"
    yield f"|---|{'---:|' * (len(rows[0]) - 1)}"
    for row in rows[1:]:
        yield f"| {' | '.join(row)} |"


def _median(samples: Sequence[Sample], figure: Callable[[Sample], float]) -> float:
    return median(figure(one) for one in samples) if samples else 0.0


def _life(kind: str) -> str:
    life = verdict.lifetime(kind)
    if life == timedelta.max:
        return "none"
    if life >= timedelta(days=3):
        return f"{life.days} days"
    seconds = int(life.total_seconds())
    if seconds >= 3600:
        return f"{seconds // 3600} h"
    return f"{seconds // 60} min"


def _machine() -> str:
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count()
    return f"{cores} cores, Python {platform.python_version()}"


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
