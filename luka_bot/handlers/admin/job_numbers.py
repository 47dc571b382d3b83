"""How jobs are going: how many there are of each kind, how long one takes, and what runs now."""

from collections.abc import Sequence
from html import escape

from luka_bot.locales import Words
from luka_bot.locales.figures import seconds
from luka_bot.models.job import Job, JobStats
from luka_bot.services.jobs.wishes import title_of


def text(words: Words, stats: JobStats, running: Sequence[Job], now: float) -> str:
    """running: those of the many that are shown. now: seconds since the epoch. HTML."""
    counts = [
        words.html("job_admin.count", state=words(f"jobs.state.{state.value}"), number=many)
        for state, many in stats.counts.items()
    ]
    took = words.html("job_admin.unmeasured")
    if stats.median:
        took = words.html("job_admin.median", time=seconds(words, stats.median))
    lines = [words.html("job_admin.numbers"), "", *counts, "", took]
    return "\n".join([*lines, *_running(words, running, now)])


def _running(words: Words, running: Sequence[Job], now: float) -> list[str]:
    if not running:
        return ["", words.html("job_admin.none_runs")]
    lines = ["", words.html("job_admin.runs_now")]
    for job in running:
        since = seconds(words, max(0.0, now - job.started_at))
        name = words.html("job_admin.running_job", id=job.id, name=job.owner_name)
        worker = words.html("job_admin.since", worker=job.worker, time=since)
        title = escape(title_of(job), quote=False)
        lines += [name, title, worker]
        lines += [words.html("job_admin.progress", progress=job.progress)] if job.progress else []
    return lines
