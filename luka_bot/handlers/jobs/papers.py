"""Somebody's jobs and the list of their files, as files of their own."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import UTC, datetime

from luka_bot.handlers.jobs.desk import JobDesk
from luka_bot.locales import Words
from luka_bot.locales.job_refusals import job_failure
from luka_bot.models.job import Job, Viewer
from luka_bot.models.person import Person

PAGE = 50


async def papers(words: Words, person: Person, desk: JobDesk) -> tuple[tuple[str, bytes], ...]:
    """Name and content of each; none where there is nothing."""
    found = []
    async with aclosing(_jobs(person, desk)) as jobs:
        texts = [_text(words, job) async for job in jobs]
    if texts:
        found.append(("jobs.md", "\n".join([f"# {words('export.jobs')}\n", *texts])))
    files = await desk.workspaces.listed(desk.folder_of(person))
    if files:
        lines = [f"- {one.file.path} ({one.file.size})" for one in files]
        found.append(("files.md", "\n".join([f"# {words('export.files')}\n", *lines, ""])))
    return tuple((name, text.encode("utf-8", "replace")) for name, text in found)


async def _jobs(person: Person, desk: JobDesk) -> AsyncGenerator[Job, None]:
    """Newest first."""
    viewer, offset = Viewer(person.user_id, person.name), 0
    while page := (await desk.service.own(viewer, offset, PAGE)).jobs:
        for job in page:
            yield job
        offset += PAGE


def _text(words: Words, job: Job) -> str:
    when = f"{datetime.fromtimestamp(job.created_at, UTC):%Y-%m-%d %H:%M}"
    state = words(f"jobs.state.{job.state.value}")
    lines = [f"## {words('export.job', job_id=job.id, when=when, state=state)}", "", job.prompt]
    lines += ["", *(f"- {file.path}" for file in (*job.files, *job.outputs))]
    if job.reason:
        lines += ["", job.reason]
    ended = job.output or job_failure(words, job)
    return "\n".join([*lines, "", "---", "", ended, ""] if ended else [*lines, ""])
