"""`make bench-jobs`: luka's jobs beside bare pydocket, in one run."""

import asyncio
import sys
import tempfile
from pathlib import Path

from cyclopts import App
from rich.console import Console

from bench.contender import BotFailed
from bench.conversations import report
from bench.jobs.plan import QUICK, Sizes, measure
from luka_bot.logs import configure_logs

app = App(name="bench.jobs", help="What a job costs beside the work itself, on this machine.")


@app.default
def bench(*, quick: bool = False, write: Path | None = None) -> None:
    """Do jobs of nothing with four workers, and print what they took.

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
            rows = asyncio.run(measure(QUICK if quick else Sizes(), Path(folder), line.update))
    except* BotFailed as failed:
        sys.exit(str(failed.exceptions[0]))
    report.show(rows, "jobs")
    if write is not None:
        report.write(rows, write, f"make bench-jobs{' ARGS=--quick' if quick else ''}")


app()
