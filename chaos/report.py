"""The outcome as a table: on the terminal, and in docs/chaos.md."""

import os
import platform
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from chaos.performance import Outcome

PAGE = Path(__file__).parent.parent / "docs" / "chaos.md"
CASES_SHOWN = 12  # of each kind of trouble


def show(outcome: Outcome, folder: Path) -> None:
    table = Table("", "", title=headline(outcome), title_justify="left", show_header=False)
    table.columns[1].justify = "right"
    broken = outcome.verdict.broken
    for name, value in rows(outcome):
        table.add_row(name, value, style="red" if name in broken else None)
    console = Console(width=100 if not sys.stdout.isatty() else None, soft_wrap=True)
    console.print(table)
    for name, cases in broken.items():
        console.print(f"\n[bold red]{name}[/bold red]")
        for case in cases[:CASES_SHOWN]:
            console.print(f"  {case}", markup=False)
        if len(cases) > CASES_SHOWN:
            console.print(f"  and {len(cases) - CASES_SHOWN} more")
    if broken:
        console.print(
            f"\nThe logs are in {folder}; the same choices again: --seed {outcome.plan.seed}"
        )


def write(outcome: Outcome) -> None:
    """Between the marks of its door in docs/chaos.md."""
    door = outcome.plan.door
    lines = [f"{_today()}, {machine()}. {headline(outcome)}.", "", "| | |", "|---|---:|"]
    lines += [f"| {name} | {value} |" for name, value in rows(outcome)]
    begin, end = f"<!-- {door} -->", f"<!-- /{door} -->"
    block = "\n".join([begin, *lines, end])
    page = PAGE.read_text("utf-8")
    between = re.compile(f"{begin}.*?{end}", re.DOTALL)
    PAGE.write_text(between.sub(lambda _: block, page), "utf-8")


def headline(outcome: Outcome) -> str:
    plan = outcome.plan
    processes = "one process" if plan.replicas == 1 else f"{plan.replicas} processes"
    return f"{plan.door.capitalize()} with {processes}, seed {plan.seed}"


def rows(outcome: Outcome) -> list[tuple[str, str]]:
    """What was done, what people asked, and what became of it."""
    verdict = outcome.verdict
    minutes, seconds = divmod(int(outcome.seconds), 60)
    return [
        ("kill -9 of a process", str(outcome.plan.kills)),
        *((name, str(number)) for name, number in sorted(outcome.troubles.items())),
        ("questions", str(outcome.questions)),
        ("messages in all, of as many people", f"{outcome.messages}, {outcome.plan.people}"),
        ("taps, repeated for want of an effect", f"{outcome.taps}, {outcome.repeated_taps}"),
        ("calls of the Bot API", str(outcome.calls)),
        ("time", f"{minutes} min {seconds} s"),
        ("failed by the model, answered after Retry", str(outcome.failed)),
        ("said twice, explained by a send that died on the wire", str(len(verdict.explained))),
        ("lost", str(len(verdict.lost))),
        ("said twice", str(len(verdict.repeated))),
        ("out of order", str(len(verdict.disordered))),
        ("in a wrong thread", str(len(verdict.elsewhere))),
        ("not stored once", str(len(verdict.amiss))),
        ("Stop buttons left", str(len(verdict.stops))),
        ("taps without effect", str(len(verdict.taps))),
        ("stuck in the inbox", str(len(verdict.stuck))),
        ("dead letters", str(len(verdict.dead))),
        ("keys without a lifetime", str(len(verdict.immortal))),
        ("tracebacks", str(len(verdict.tracebacks))),
    ]


def machine() -> str:
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count()
    return f"{cores} cores, Python {platform.python_version()}"


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
