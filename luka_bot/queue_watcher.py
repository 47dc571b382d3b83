"""`python -m luka_bot.queue_watcher`: the queue as whoever does jobs by hand knows it."""

import sys
from typing import Annotated

from cyclopts import App, CycloptsError, Parameter
from cyclopts.validators import Number

from luka_bot.commands import watching_jobs
from luka_bot.commands.mistakes import WRONG_USE, mistake
from luka_bot.commands.showing import fail

PROGRAM = "python -m luka_bot.queue_watcher"

Flag = Annotated[bool, Parameter(negative="")]

app = App(name=PROGRAM, help="Show the next approved job, and do jobs by hand.", version_flags=[])


def main() -> None:
    try:
        app(print_error=False, exit_on_error=False)
    except CycloptsError as error:
        fail(mistake(error, PROGRAM))
        sys.exit(WRONG_USE)


@app.default
def queue_watcher(  # noqa: PLR0913 - the seed's options
    *,
    start: int | None = None,
    complete: int | None = None,
    fail: int | None = None,
    job: int | None = None,
    stats: Flag = False,
    watch: Flag = False,
    output_text: str = "",
    output_file: tuple[str, ...] = (),
    error: str = "",
    interval: Annotated[float, Parameter(validator=Number(gt=0))] = 10.0,
) -> int:
    """Without options: the next approved job, with its whole conversation.

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
    if start is not None:
        return watching_jobs.start_job(start)
    if complete is not None:
        return watching_jobs.complete_job(complete, output_text, output_file)
    if fail is not None:
        return watching_jobs.fail_job(fail, error or "No reason was given.")
    if job is not None:
        return watching_jobs.show_job(job)
    if stats:
        return watching_jobs.show_stats()
    return watching_jobs.watch_jobs(interval) if watch else watching_jobs.show_next()


if __name__ == "__main__":
    main()
