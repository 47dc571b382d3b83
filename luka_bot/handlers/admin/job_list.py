"""Jobs as a list for admins: a job a button, and which of them are shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from luka_bot.handlers.admin.buttons import button, rows
from luka_bot.handlers.admin.job_taps import JobOnDesk, JobsOnDesk
from luka_bot.locales import Words
from luka_bot.models.job import Job, JobState
from luka_bot.services.jobs.wishes import title_of
from luka_bot.storage.jobs import JobPage

Keyboard = InlineKeyboardMarkup | None

PAGE = 8
NAME_SHOWN = 20  # characters
BESIDE = 2  # states in a row


@dataclass(frozen=True, slots=True)
class PlaceOfJobs:
    """state None: all of them."""

    state: JobState | None = None
    offset: int = 0

    @classmethod
    def read(cls, state: str, offset: int) -> Self:
        """The whole list where it can't be read: buttons can be forged."""
        known = JobState(state) if state in set(JobState) else None
        return cls(known, max(0, offset))

    @property
    def name(self) -> str:
        return self.state.value if self.state else ""

    def data(self) -> JobsOnDesk:
        return JobsOnDesk(state=self.name, offset=self.offset)


def text(words: Words, page: JobPage, place: PlaceOfJobs) -> str:
    """HTML."""
    if not page.total:
        return _nothing(words, place)
    lines = [words.count(f"job_admin.list.{place.name or 'all'}", page.total)]
    if page.total > PAGE:
        number, pages = place.offset // PAGE + 1, -(-page.total // PAGE)
        lines.append(words.html("job_admin.page", page=number, pages=pages))
    return "\n\n".join(lines)


def keyboard(
    words: Words, page: JobPage, place: PlaceOfJobs, counts: Mapping[JobState, int]
) -> Keyboard:
    """counts: jobs by state."""
    jobs = [[_job(words, job, place)] for job in page.jobs]
    refresh = [button(words("button.refresh"), place.data())]
    return rows(*jobs, _turning(words, page, place), *_filters(words, place, counts), refresh)


def _nothing(words: Words, place: PlaceOfJobs) -> str:
    if place.state is None:
        return words.html("job_admin.none.all")
    if place.state is JobState.PENDING:
        return words.html("job_admin.none.pending")
    return words.html("job_admin.none.some", state=words(f"jobs.state.{place.state.value}"))


def _job(words: Words, job: Job, place: PlaceOfJobs) -> InlineKeyboardButton:
    name = job.owner_name[:NAME_SHOWN]
    state = "" if place.state else f"{words(f'jobs.state.{job.state.value}')}, "
    label = words("button.job_admin.job", id=job.id, who=f"{state}{name}", title=title_of(job))
    return button(label, JobOnDesk(id=job.id, state=place.name, offset=place.offset))


def _turning(words: Words, page: JobPage, place: PlaceOfJobs) -> list[InlineKeyboardButton]:
    before, after = max(0, place.offset - PAGE), place.offset + PAGE
    turning = []
    if place.offset:
        turning.append(button(words("button.job_admin.before"), _at(place, before)))
    if after < page.total:
        turning.append(button(words("button.job_admin.after"), _at(place, after)))
    return turning


def _at(place: PlaceOfJobs, offset: int) -> JobsOnDesk:
    return PlaceOfJobs(place.state, offset).data()


def _filters(
    words: Words, place: PlaceOfJobs, counts: Mapping[JobState, int]
) -> list[list[InlineKeyboardButton]]:
    """Of the states in which there are any."""
    buttons = [
        button(
            words("button.job_admin.state", state=words(f"jobs.state.{one.value}"), number=many),
            PlaceOfJobs(one).data(),
        )
        for one, many in counts.items()
        if many and one is not place.state
    ]
    if place.state is not None:
        buttons.append(button(words("button.job_admin.all"), PlaceOfJobs().data()))
    return [buttons[at : at + BESIDE] for at in range(0, len(buttons), BESIDE)]
