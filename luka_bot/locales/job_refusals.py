"""What people are told of jobs and files that are refused, and of jobs that have failed."""

from luka_bot.locales import Words
from luka_bot.models import job_errors
from luka_bot.models.errors import Refused
from luka_bot.models.job import Job

MB = 1 << 20

_PLAIN: dict[type[Refused], str] = {
    job_errors.JobGone: "jobs.gone",
    job_errors.NotYourJob: "jobs.not_yours",
    job_errors.AdminsAlone: "jobs.admins_alone",
    job_errors.PromptInvalid: "jobs.prompt",
    job_errors.FileGone: "jobs.file.gone",
    job_errors.OutsideWorkspace: "jobs.file.outside",
    job_errors.FileRefused: "jobs.file.refused",
}


def job_refusal(words: Words, error: Refused) -> str | None:
    """Plain text; None for a refusal that isn't about jobs."""
    match error:
        case job_errors.JobMoved() | job_errors.ReplyTooSoon():
            return _too_late(words, error)
        case job_errors.TypeUnknown(name=name, names=names):
            return words("jobs.type_unknown", name=name, names=", ".join(names))
        case job_errors.TooManyJobs(limit=limit):
            return words.count("jobs.too_many", limit)
        case job_errors.FileRefused():
            return _of_file(words, error)
    key = _PLAIN.get(type(error))
    return None if key is None else words(key, **vars(error))


def _too_late(words: Words, error: job_errors.JobMoved | job_errors.ReplyTooSoon) -> str:
    state = words(f"jobs.state.{error.state.value}")
    match error:
        case job_errors.ReplyTooSoon(job_id=job_id):
            return words("jobs.too_soon", job_id=job_id, state=state)
        case job_errors.JobMoved(job_id=job_id, by=""):
            return words("jobs.moved", job_id=job_id, state=state)
    return words("jobs.moved_by", job_id=error.job_id, state=state, by=error.by)


def _of_file(words: Words, error: job_errors.FileRefused) -> str:
    match error:
        case job_errors.TooManyFiles(limit=limit):
            return words.count("jobs.file.too_many", limit)
        case job_errors.FileTooBig(name=name, limit=limit):
            return words("jobs.file.too_big", name=name, limit=megabytes(limit))
        case job_errors.QuotaFull(name=name, limit=limit):
            return words("jobs.file.quota", name=name, limit=megabytes(limit))
        case job_errors.FileKind(name=name, kinds=kinds):
            return words("jobs.file.kind", name=name, kinds=", ".join(sorted(kinds)))
    return words(_PLAIN.get(type(error), "jobs.file.refused"), name=error.name)


def job_failure(words: Words, job: Job) -> str:
    """Plain text: why the job failed; what its worker said of it stands behind."""
    if job.error is None:
        return ""
    sentence = words(f"jobs.failure.{job.error.value}")
    return f"{sentence} ({job.error_detail})" if job.error_detail else sentence


def megabytes(size: int) -> int:
    return max(1, round(size / MB))
