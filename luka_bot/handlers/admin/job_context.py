"""A job's thread as admins read it: what was asked, what came of it, and which files there are."""

from collections.abc import Sequence

from luka_bot.delivery.formatting import render
from luka_bot.delivery.rendered import NOTHING, Entity, Rendered, utf16_len
from luka_bot.locales import Words
from luka_bot.locales.job_refusals import job_failure
from luka_bot.models.job import Job, JobFile
from luka_bot.services.jobs.context import Where


def context(words: Words, thread: Sequence[Job], where: Where) -> Rendered:
    """Nothing is cut. thread: up to the job that it is for."""
    whole = NOTHING
    for number, job in enumerate(thread, 1):
        part = _message(words, job, (number, len(thread)), where)
        whole = part.under(Rendered(f"{whole.text}\n", whole.entities)) if whole.text else part
    return whole


def result(words: Words, job: Job) -> Rendered:
    head = _styled("bold", words("job_admin.result_of", id=job.id))
    return render(job.output).under(head)


def prompt(words: Words, job: Job) -> Rendered:
    head = _styled("bold", words("job_admin.prompt_of", id=job.id, name=job.owner_name))
    return _styled("blockquote", job.prompt).under(head)


def _message(words: Words, job: Job, place: tuple[int, int], where: Where) -> Rendered:
    number, total = place
    head = words("job_admin.message", number=number, total=total, id=job.id)
    state = words(f"jobs.state.{job.state.value}")
    by = words("job_admin.said_by", name=job.by_name or job.owner_name, state=state)
    parts = [_styled("bold", head), Rendered(by), _styled("blockquote", job.prompt)]
    parts += _paths(words("job_admin.files_in"), job.files, where)
    if job.output:
        parts += [_styled("bold", words("job_admin.result")), render(job.output)]
    parts += [Rendered(job_failure(words, job)), Rendered(job.reason)]
    parts += _paths(words("job_admin.files_out"), job.outputs, where)
    whole = NOTHING
    for part in parts:
        whole = part.under(whole)
    return whole


def _paths(head: str, files: Sequence[JobFile], where: Where) -> list[Rendered]:
    lines = [_styled("code", where(file)) for file in files]
    return [Rendered(head), *lines] if lines else []


def _styled(kind: str, text: str) -> Rendered:
    return Rendered(text, (Entity(kind, 0, utf16_len(text)),))
