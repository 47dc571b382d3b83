"""`make chaos`: whether luka keeps its promises while everything around it breaks."""

import asyncio
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from cyclopts import App
from rich.console import Console

from chaos import report
from chaos.performance import Outcome, perform
from chaos.plan import Door, Plan
from luka_bot.logs import configure_logs

QUIET = 20.0  # s between two lines of progress where there is no terminal

app = App(name="chaos", help="The real bot under load, killed again and again.")


@app.default
def chaos(  # noqa: PLR0913 - the options of a command
    *,
    kills: int = 300,
    messages: int = 5000,
    people: int = 40,
    seed: int | None = None,
    door: Door = Door.POLLING,
    replicas: int = 1,
    write: bool = False,
) -> None:
    """Ask, kill, heal, and compare what people said with what they got.

    Parameters
    ----------
    kills
        How often a process is killed with SIGKILL; everything else happens beside that.
    messages
        Questions that people ask meanwhile.
    people
        Who ask them, each in several threads.
    seed
        Fixes every choice, though not the moment at which it hits; drawn if it isn't given.
    door
        How updates come.
    replicas
        Processes at a time.
    write
        Also put the table into docs/chaos.md.
    """
    configure_logs("error")
    drawn = random.randrange(1_000_000) if seed is None else seed
    plan = Plan(kills, messages, people, drawn, door, replicas)
    folder = Path(tempfile.mkdtemp(prefix="luka-chaos-"))
    outcome = _performed(plan, folder)
    report.show(outcome, folder)
    if write:
        report.write(outcome)
    if outcome.verdict.broken:
        sys.exit(1)
    shutil.rmtree(folder)


def _performed(plan: Plan, folder: Path) -> Outcome:
    console = Console(stderr=True)
    console.print(f"seed {plan.seed}, logs in {folder}")
    if not console.is_terminal:
        return asyncio.run(perform(plan, folder, _now_and_then(console)))
    with console.status("") as line:
        return asyncio.run(perform(plan, folder, line.update))


def _now_and_then(console: Console) -> Callable[[str], None]:
    """For a file, that keeps every line."""
    said_at = float("-inf")

    def say(text: str) -> None:
        nonlocal said_at
        if time.monotonic() - said_at >= QUIET:
            said_at = time.monotonic()
            console.print(text, highlight=False)

    return say


app()
