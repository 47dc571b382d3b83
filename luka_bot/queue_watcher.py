"""`python -m luka_bot.queue_watcher`: the queue as whoever does jobs by hand knows it."""

import sys
from dataclasses import dataclass
from typing import Annotated

from cyclopts import App, CycloptsError, Parameter
from cyclopts.validators import Number

from luka_bot.commands import watching_jobs
from luka_bot.commands.mistakes import WRONG_USE, mistake
from luka_bot.commands.showing import fail

PROGRAM = "python -m luka_bot.queue_watcher"
NO_REASON = "No reason was given."

Flag = Annotated[bool, Parameter(negative="")]

app = App(name=PROGRAM, help="Show the next approved job, and do jobs by hand.", version_flags=[])


@Parameter(name="*")
@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What is asked of the queue; without any, the next approved job with its conversation.

    Parameters
    ----------
    start
        Begin this job; no worker takes it then.
    complete
        End this job with --output-file or --output-text.
    fail
        Give this job up, with --error.
    job
        Show this job.
    stats
        How many jobs are in which state.
    watch
        Show the next job each time that it is another one, until Ctrl-C.
    output_text
        What the job's owner reads.
    output_file
        A file in the owner's folder, such as users/tam/outputs/chart.png.
    error
        Why the job is given up.
    interval
        Seconds between two looks of --watch.
    """

    start: int | None = None
    complete: int | None = None
    fail: int | None = None
    job: int | None = None
    stats: Flag = False
    watch: Flag = False
    output_text: str = ""
    output_file: Annotated[tuple[str, ...], Parameter(negative="")] = ()
    error: str = NO_REASON
    interval: Annotated[float, Parameter(validator=Number(gt=0))] = 10.0


USUAL = Options()


def main() -> None:
    try:
        app(print_error=False, exit_on_error=False)
    except CycloptsError as error:
        fail(mistake(error, PROGRAM))
        sys.exit(WRONG_USE)


@app.default
def queue_watcher(asked: Options = USUAL) -> int:
    """Show the next approved job, or do what the options say."""
    if asked.start is not None:
        return watching_jobs.start_job(asked.start)
    if asked.complete is not None:
        return watching_jobs.complete_job(asked.complete, asked.output_text, asked.output_file)
    if asked.fail is not None:
        return watching_jobs.fail_job(asked.fail, asked.error)
    if asked.job is not None:
        return watching_jobs.show_job(asked.job)
    if asked.stats:
        return watching_jobs.show_stats()
    return watching_jobs.watch_jobs(asked.interval) if asked.watch else watching_jobs.show_next()


if __name__ == "__main__":
    main()
