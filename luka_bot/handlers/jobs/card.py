"""A job's card, as its owner sees it."""

from collections.abc import Iterator, Sequence
from html import escape

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from luka_bot.handlers.jobs import taps
from luka_bot.locales import Words
from luka_bot.locales.job_refusals import job_failure
from luka_bot.models.ids import JobId
from luka_bot.models.job import TRIES, USUAL_PRIORITY, Job, JobFile, JobState, Queued
from luka_bot.services.jobs.wishes import title_of

FILES_SHOWN = 5
MINUTE = 60.0
ICONS = {
    JobState.PENDING: "🕓",
    JobState.APPROVED: "⏳",
    JobState.REJECTED: "🚫",
    JobState.PROCESSING: "⚙️",
    JobState.COMPLETED: "✅",
    JobState.FAILED: "❌",
    JobState.CANCELLED: "⏹",
}

Rows = list[list[InlineKeyboardButton]]


def job_card(words: Words, job: Job, usual_type: str, queued: Queued | None) -> str:
    """HTML. queued: where it waits."""
    return "\n".join(_lines(words, job, usual_type, queued))


def _lines(words: Words, job: Job, usual_type: str, queued: Queued | None) -> Iterator[str]:
    state = words(f"jobs.state.{job.state.value}")
    yield words.html("jobs.card.head", icon=ICONS[job.state], job_id=job.id, state=state)
    yield f"<blockquote>{escape(title_of(job), quote=False)}</blockquote>"
    if job.parent_id is not None:
        yield words.html("jobs.card.goes_on", parent=job.parent_id)
    if job.by_name:
        yield words.html("jobs.card.by", name=job.by_name)
    if job.files:
        yield words.html("jobs.card.files", names=names_of(job.files))
    if job.job_type != usual_type:
        yield words.html("jobs.card.type", name=job.job_type)
    if job.priority != USUAL_PRIORITY:
        yield words.html("jobs.card.priority", number=job.priority)
    yield from _how_it_goes(words, job, queued)


def _how_it_goes(words: Words, job: Job, queued: Queued | None) -> Iterator[str]:
    if job.decided_by:
        key = "rejected" if job.state is JobState.REJECTED else "cancelled"
        key = key if job.state in {JobState.REJECTED, JobState.CANCELLED} else "approved"
        yield words.html(f"jobs.card.{key}", name=job.decided_by)
    if job.reason:
        yield words.html("jobs.card.reason", reason=job.reason)
    if queued is not None:
        yield waits(words, queued)
    if job.state is JobState.PROCESSING and job.progress:
        yield words.html("jobs.card.progress", line=job.progress)
    if job.tries > 1 and job.state in {JobState.APPROVED, JobState.PROCESSING}:
        yield words.html("jobs.card.tries", number=job.tries, most=TRIES)
    if job.state is JobState.FAILED:
        yield escape(job_failure(words, job), quote=False)
    if job.outputs:
        yield words.html("jobs.card.outputs", names=names_of(job.outputs))


def waits(words: Words, queued: Queued) -> str:
    """HTML."""
    if not queued.seconds:
        return words.html("jobs.card.place", position=queued.position)
    wait = about(words, queued.seconds)
    return words.html("jobs.card.place_wait", position=queued.position, wait=wait)


def about(words: Words, seconds: float) -> str:
    """In whole minutes: nobody knows better."""
    minutes = round(seconds / MINUTE)
    return words("jobs.about", minutes=minutes) if minutes else words("jobs.soon")


def names_of(files: Sequence[JobFile]) -> str:
    shown = ", ".join(file.name for file in files[:FILES_SHOWN])
    more = len(files) - FILES_SHOWN
    return f"{shown} +{more}" if more > 0 else shown


def buttons(words: Words, job: Job) -> InlineKeyboardMarkup:
    """Of a card that changes with its job."""
    return InlineKeyboardMarkup(inline_keyboard=_doing(words, job))


def buttons_listed(words: Words, job: Job, thread: Sequence[Job]) -> InlineKeyboardMarkup:
    """Of a card that was opened in the list: with its files, and the others of its thread."""
    files = [
        [button(f"📎 {file.name}", taps.JobFetch(id=job.id, key=taps.key_of(file.path)))]
        for file in (*job.files, *job.outputs)
    ]
    others = [button(f"#{one.id}", taps.JobShow(id=one.id)) for one in thread if one.id != job.id]
    rows = [*_doing(words, job), *files, *_by_five(others)]
    rows.append([button(words("jobs.button.list"), taps.JobsAt(offset=0))])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def sure_to_delete(words: Words, job_id: JobId) -> InlineKeyboardMarkup:
    yes = button(words("jobs.button.delete_yes"), taps.JobDeleteYes(id=job_id))
    return InlineKeyboardMarkup(
        inline_keyboard=[[yes], [button(words("jobs.button.keep"), taps.JobShow(id=job_id))]]
    )


def button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())


def _doing(words: Words, job: Job) -> Rows:
    if not job.has_ended:
        return [[button(words("jobs.button.cancel"), taps.JobCancel(id=job.id))]]
    row = []
    if job.state is JobState.COMPLETED:
        row.append(button(words("jobs.button.reply"), taps.JobReply(id=job.id)))
    if job.state is JobState.FAILED:
        row.append(button(words("jobs.button.again"), taps.JobAgain(id=job.id)))
    return [[*row, button(words("jobs.button.delete"), taps.JobDelete(id=job.id))]]


def _by_five(row: list[InlineKeyboardButton]) -> Rows:
    return [row[start : start + 5] for start in range(0, len(row), 5)]
