"""`luka-bot jobs`: hand in, approve, do by hand, and look at jobs."""

import uuid
from typing import Annotated

from cyclopts import App, Parameter
from cyclopts.validators import Number

from luka_bot.commands import watching_jobs
from luka_bot.commands.handing_in_jobs import submit_job
from luka_bot.commands.office import Office, at_office
from luka_bot.commands.showing import iso, minute, say, show_json, show_table
from luka_bot.commands.users import JsonFlag
from luka_bot.commands.watching_jobs import VIEWER
from luka_bot.models.ids import JobId
from luka_bot.models.job import USUAL_PRIORITY, Job, JobState
from luka_bot.services.jobs.wishes import title_of

Files = Annotated[tuple[str, ...], Parameter(negative="", consume_multiple=False)]

app = App(name="jobs", help="Jobs: hand in, approve, do by hand, and look at them.")


@app.command(name="list")
def list_jobs(*, state: JobState | None = None, most: int = 50, as_json: JsonFlag = False) -> int:
    """Jobs: waiting ones in the order in which they will be done, others newest first.

    Parameters
    ----------
    state
        Only those that are pending, approved, rejected, processing, completed, failed, cancelled.
    most
        So many at most.
    """

    async def work(office: Office) -> int:
        page = await office.jobs.service.everybodys(VIEWER, state, 0, most)
        if as_json:
            show_json({"total": page.total, "jobs": [_described(job) for job in page.jobs]})
        elif page.jobs:
            names = ("job", "state", "priority", "type", "user", "thread", "asked", "what")
            show_table(names, [_row(job) for job in page.jobs])
        else:
            say("No jobs.")
        return 0

    return at_office(work)


@app.command(name="next")
def next_job() -> int:
    """The approved job whose turn it is, with its whole thread."""
    return watching_jobs.show_next()


@app.command
def show(number: int, /) -> int:
    """A job with its thread up to it, and what came of it."""
    return watching_jobs.show_job(number)


@app.command
def submit(
    text: str,
    /,
    *,
    user: str,
    file: Files = (),
    reply: int | None = None,
    priority: Annotated[int, Parameter(validator=Number(gte=1, lte=9))] = USUAL_PRIORITY,
    job_type: Annotated[str, Parameter(name="--type")] = "",
) -> int:
    """Hand in a job for somebody.

    Parameters
    ----------
    user
        Whose job it is: their login, @name or number.
    file
        A file that it is about; may be given several times.
    reply
        The completed job that it goes on with.
    priority
        1 to 9; 9 goes first.
    job_type
        One of the types in config.yaml.
    """
    return submit_job(text, user, file, reply, (priority, job_type))


@app.command
def approve(number: int, /) -> int:
    """Let a pending job be done."""

    async def work(office: Office) -> int:
        await office.jobs.service.approve(VIEWER, JobId(number), uuid.uuid4().hex)
        say(f"Job #{number} is approved.")
        return 0

    return at_office(work)


@app.command
def reject(number: int, /, *, reason: str = "") -> int:
    """Refuse a pending job.

    Parameters
    ----------
    reason
        What its owner is told.
    """

    async def work(office: Office) -> int:
        await office.jobs.service.reject(VIEWER, JobId(number), uuid.uuid4().hex, reason)
        say(f"Job #{number} is rejected.")
        return 0

    return at_office(work)


@app.command
def cancel(number: int, /) -> int:
    """Stop a job that waits or runs."""

    async def work(office: Office) -> int:
        await office.jobs.service.cancel(VIEWER, JobId(number), uuid.uuid4().hex)
        say(f"Job #{number} is cancelled.")
        return 0

    return at_office(work)


@app.command
def start(number: int, /) -> int:
    """Do an approved job by hand; no worker takes it then."""
    return watching_jobs.start_job(number)


@app.command
def complete(number: int, /, *, output_text: str = "", output_file: Files = ()) -> int:
    """End a job that was started by hand.

    Parameters
    ----------
    output_text
        What its owner reads, as Markdown.
    output_file
        A file in the owner's folder, such as users/tam/outputs/chart.png; may be given several
        times.
    """
    return watching_jobs.complete_job(number, output_text, output_file)


@app.command(name="fail")
def fail_job(number: int, /, *, error: str) -> int:
    """Give up a job that was started by hand.

    Parameters
    ----------
    error
        Why, for its owner.
    """
    return watching_jobs.fail_job(number, error)


@app.command
def watch(*, interval: Annotated[float, Parameter(validator=Number(gt=0))] = 10.0) -> int:
    """Show the next job each time that it is another one, until Ctrl-C.

    Parameters
    ----------
    interval
        Seconds between two looks.
    """
    return watching_jobs.watch_jobs(interval)


@app.command
def stats() -> int:
    """How many jobs are in which state, and how long one takes."""
    return watching_jobs.show_stats()


def _row(job: Job) -> list[str]:
    thread = "" if job.is_first else f"#{job.thread_id}"
    named = [f"#{job.id}", job.state.value, str(job.priority), job.job_type, job.owner_name]
    return [*named, thread, minute(job.created_at), title_of(job)]


def _described(job: Job) -> dict[str, object]:
    return {
        "id": job.id,
        "thread_id": job.thread_id,
        "parent_job_id": job.parent_id,
        "state": job.state.value,
        "priority": job.priority,
        "type": job.job_type,
        "user": job.owner_name,
        "user_id": job.owner,
        "by": job.by_name or None,
        "prompt": job.prompt,
        "files": [file.path for file in job.files],
        "outputs": [file.path for file in job.outputs],
        "output": job.output,
        "error": job.error.value if job.error else None,
        "error_detail": job.error_detail,
        "reason": job.reason,
        "decided_by": job.decided_by or None,
        "worker": job.worker or None,
        "tries": job.tries,
        "progress": job.progress,
        "created": iso(job.created_at),
        "started": iso(job.started_at),
        "ended": iso(job.ended_at),
    }
