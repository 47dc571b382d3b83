"""`make bench`: luka beside the floor, in one run."""

import asyncio
import sys
import tempfile
from pathlib import Path

from cyclopts import App
from rich.console import Console

from bench import report
from bench.contender import BotFailed
from bench.figures import rows_of
from bench.plan import Sizes, measure
from luka_bot.logs import configure_logs

app = App(name="bench", help="How fast luka is on this machine, beside a bot of 60 lines.")


@app.default
def bench(
    *, rounds: int = 4, people: int = 8, crowd: int = 20, questions: int = 10, write: bool = False
) -> None:
    """Run both bots in turns and print what they took.

    Parameters
    ----------
    rounds
        How often both are measured, one after the other.
    people
        Side by side, with a model that speaks about 40 words a second.
    crowd
        Side by side, with a model that answers at once.
    questions
        Asked by each of the crowd; one person alone asks twice as many.
    write
        Also put the table into docs/benchmark.md.
    """
    configure_logs("warning")
    sizes = Sizes(rounds, people, crowd, questions)
    console = Console(stderr=True)
    try:
        with (
            tempfile.TemporaryDirectory(prefix="luka-bench-") as folder,
            console.status("") as line,
        ):
            seen = asyncio.run(measure(sizes, Path(folder), line.update))
    except* BotFailed as failed:
        sys.exit(str(failed.exceptions[0]))
    rows = rows_of(seen)
    report.show(rows, sizes)
    if write:
        report.write(rows, sizes)


app()
