"""`make bench-chat`: conversations of many, in one run."""

import asyncio
import sys
import tempfile
from pathlib import Path

from cyclopts import App
from rich.console import Console

from bench.contender import BotFailed
from bench.conversations import report
from bench.conversations.plan import measure
from bench.conversations.sizes import QUICK, Sizes
from luka_bot.logs import configure_logs

app = App(name="bench.conversations", help="How fast conversations of many are on this machine.")


@app.default
def bench(*, quick: bool = False, write: Path | None = None) -> None:
    """Run two lukas on one Valkey and print what they took; 1 if a binding limit is exceeded.

    Parameters
    ----------
    quick
        A few of everything: a first look.
    write
        Also put the table into this page.
    """
    configure_logs("warning")
    console = Console(stderr=True)
    try:
        with (
            tempfile.TemporaryDirectory(prefix="luka-bench-") as folder,
            console.status("") as line,
        ):
            sizes = QUICK if quick else Sizes()
            rows = asyncio.run(measure(sizes, Path(folder), line.update))
    except* BotFailed as failed:
        sys.exit(str(failed.exceptions[0]))
    report.show(rows)
    if write is not None:
        report.write(rows, write, f"make bench-chat{' ARGS=--quick' if quick else ''}")
    sys.exit(any(row.is_missed and row.is_binding for row in rows))


app()
