"""`make soak`: whether luka stays as small as it was."""

import asyncio
import shutil
import sys
import tempfile
from pathlib import Path

from cyclopts import App
from rich.console import Console

from bench.contender import BotFailed
from bench.soak import report, verdict
from bench.soak.performance import Outcome, perform
from bench.soak.plan import Plan
from luka_bot.logs import configure_logs

app = App(name="soak", help="Weeks of use in minutes: does anything grow?")


@app.default
def soak(  # noqa: PLR0913 - the options of a command
    *,
    turns: int = 24_000,
    days: int = 40,
    regulars: int = 240,
    at_once: int = 20,
    every: float = 4.0,
    seed: int = 1,
    write: bool = False,
) -> None:
    """Let people come and go for days, and look at memory and keys all the while.

    Parameters
    ----------
    turns
        Answers asked for, over all days.
    days
        After each of them all lifetimes in Redis are moved on by 24 hours.
    regulars
        People who come again; many more come once.
    at_once
        How many of them are there side by side.
    every
        Seconds between two looks.
    seed
        Fixes who does what.
    write
        Also put the figures and the picture into docs/soak.md.
    """
    configure_logs("error")
    plan = Plan(turns, days, regulars, at_once, every, seed)
    folder = Path(tempfile.mkdtemp(prefix="luka-soak-"))
    outcome = _performed(plan, folder)
    report.show(outcome, folder)
    if write:
        report.write(outcome)
    if verdict.broken(outcome):
        sys.exit(1)
    shutil.rmtree(folder)


def _performed(plan: Plan, folder: Path) -> Outcome:
    console = Console(stderr=True)

    def say(text: str) -> None:
        console.print(text, highlight=False)

    try:
        return asyncio.run(perform(plan, folder, say))
    except* BotFailed as failed:
        sys.exit(str(failed.exceptions[0]))


app()
