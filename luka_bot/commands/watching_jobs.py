"""What `jobs` and `queue_watcher` both do: the next job, and jobs that are done by hand."""

import asyncio
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from luka_bot.commands.office import BY_NAME, Office, at_office
from luka_bot.commands.showing import fail, say
from luka_bot.models.audit import SYSTEM
from luka_bot.models.ids import JobId
from luka_bot.models.job import Job, JobFile, JobState, JobStats, Viewer
from luka_bot.models.job_errors import JobLost, OutsideWorkspace
from luka_bot.services.jobs.context import job_text
from luka_bot.services.jobs.whereabouts import whereabouts

VIEWER = Viewer(SYSTEM, BY_NAME, is_admin=True)
NOTHING = "No approved jobs wait."


def show_next() -> int:
    """The job that is to be done next, as it is told to whoever does it."""

    async def work(office: Office) -> int:
        say(await _next(office) or NOTHING)
        return 0

    return at_office(work)


def show_job(number: int) -> int:
    async def work(office: Office) -> int:
        say(await _told(office, JobId(number)))
        return 0

    return at_office(work)


def start_job(number: int) -> int:
    async def work(office: Office) -> int:
        job = await office.jobs.by_hand.start(VIEWER, JobId(number))
        folder = office.jobs.workspaces.root / job.folder
        say(f"Job #{job.id} is yours now. Leave files in {folder / 'outputs'}")
        return 0

    return at_office(work)


def complete_job(number: int, text: str, files: Sequence[str]) -> int:
    if not text.strip() and not files:
        return fail("Say what came of it: --output-text, --output-file, or both.")

    async def work(office: Office) -> int:
        job_id = JobId(number)
        job = await office.jobs.service.get(VIEWER, job_id)
        outputs = [await _output(office, job, one) for one in files]
        try:
            await office.jobs.by_hand.complete(VIEWER, job_id, text.strip(), outputs)
        except JobLost:
            return _of_a_worker(number)
        say(f"Job #{number} is completed.")
        return 0

    return at_office(work)


def fail_job(number: int, why: str) -> int:
    async def work(office: Office) -> int:
        try:
            await office.jobs.by_hand.fail(VIEWER, JobId(number), why)
        except JobLost:
            return _of_a_worker(number)
        say(f"Job #{number} has failed.")
        return 0

    return at_office(work)


def show_stats() -> int:
    async def work(office: Office) -> int:
        say(stats_text(await office.jobs.service.stats()))
        return 0

    return at_office(work)


def watch_jobs(interval: float) -> int:
    """The next job each time that it is another one, until Ctrl-C. interval: seconds."""

    async def work(office: Office) -> int:
        shown: str | None = None
        while True:
            text = await _next(office) or NOTHING
            if text != shown:
                say(text)
            shown = text
            await asyncio.sleep(interval)

    try:
        return at_office(work)
    except KeyboardInterrupt:
        return 0


def stats_text(stats: JobStats) -> str:
    lines = [f"{state.value:<12}{many}" for state, many in stats.counts.items()]
    total = sum(stats.counts.values())
    took = f"{stats.median:.1f} s" if stats.median else "not measured yet"
    return "\n".join(
        [*lines, f"{'all':<12}{total}", f"A job takes {took} (median of the last 50)."]
    )


async def _next(office: Office) -> str:
    page = await office.jobs.service.everybodys(VIEWER, JobState.APPROVED, 0, 1)
    return await _told(office, page.jobs[0].id) if page.jobs else ""


async def _told(office: Office, job_id: JobId) -> str:
    thread = await office.jobs.service.thread(VIEWER, job_id, whole=False)
    where = await whereabouts(office.jobs.workspaces, thread)
    return job_text(thread, where).rstrip("\n")


async def _output(office: Office, job: Job, given: str) -> JobFile:
    """given: below the folder of all workspaces, or whole. Raises OutsideWorkspace, FileGone."""
    path, root = Path(given), office.jobs.workspaces.root
    if path.is_absolute():
        if not path.is_relative_to(root.resolve()) and not path.is_relative_to(root):
            raise OutsideWorkspace(given)
        base = root if path.is_relative_to(root) else root.resolve()
        path = path.relative_to(base)
    return await office.jobs.workspaces.find(job.folder, str(PurePosixPath(path)))


def _of_a_worker(number: int) -> int:
    return fail(f"A worker does job #{number}; cancel it first if you want to do it by hand.")
