"""How far a job is, for the person whose it is, in their language."""

from luka_bot.locales import words_for
from luka_bot.models.job import Job

LENGTH = 200  # characters of a line


def reading(job: Job, name: str) -> str:
    return _line(job, "jobs.progress.reading", name=name)


def writing(job: Job, name: str) -> str:
    return _line(job, "jobs.progress.writing", name=name)


def answering(job: Job, length: int) -> str:
    """length: characters of the answer so far."""
    return _line(job, "jobs.progress.answering", length=f"{length:,}")


def _line(job: Job, key: str, **values: str) -> str:
    """Names are the model's idea, too."""
    return " ".join(words_for(job.language)(key, **values).split())[:LENGTH]
