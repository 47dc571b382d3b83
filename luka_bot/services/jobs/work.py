"""What an executor gets, and what it gives back."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from luka_bot.models.job import Job, JobFile

Tell = Callable[[str], Awaitable[None]]
"""A line of progress, as plain text of at most 200 characters; the newest replaces the others. May
be called as often as there is news: whoever shows it paces it. Raises JobLost where the work is of
no use any more."""

OUTPUT_LIMIT = 200_000  # characters of a job's text


@dataclass(frozen=True, slots=True)
class Work:
    """thread: every job of its thread up to this one, which is the last, oldest first."""

    job: Job
    thread: tuple[Job, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """output: at most OUTPUT_LIMIT characters of Markdown. outputs: files it left in outputs/."""

    output: str
    outputs: tuple[JobFile, ...] = ()


class Executor(Protocol):
    async def run(self, work: Work, tell: Tell) -> Outcome:
        """Do it. Raises JobFailed. Cancelled, it stops at once and leaves no process behind.

        It may be run again after its worker was killed in the middle: files of the first run may
        lie there.
        """
        ...
