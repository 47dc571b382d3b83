"""A job as admins see it: who wants what, how it stands, and what can be done about it."""

from collections.abc import Sequence
from html import escape

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from luka_bot.delivery.formatting import render
from luka_bot.handlers.admin.buttons import button
from luka_bot.handlers.admin.job_taps import (
    JobApprove,
    JobFileTake,
    JobHalt,
    JobLook,
    JobReject,
    Part,
    Side,
)
from luka_bot.handlers.admin.sizes import size
from luka_bot.locales import Words
from luka_bot.locales.figures import seconds
from luka_bot.locales.job_refusals import job_failure
from luka_bot.models.job import TRIES, Job, JobFile, JobState, Queued

PROMPT_SHOWN = 900  # characters
RESULT_SHOWN = 500  # characters
SOURCE = 3000  # characters of Markdown that are surely enough for it
NAME_SHOWN = 40  # characters of a file's name
FILES_SHOWN = 8  # of each side in the text, and of both in buttons

Row = list[InlineKeyboardButton]


def admin_card(
    words: Words, job: Job, thread: Sequence[Job], queued: Queued | None
) -> tuple[str, InlineKeyboardMarkup]:
    """HTML for one message. thread: up to the job. queued: None where it doesn't wait, or where
    the card isn't kept current."""
    paragraphs = [
        "\n".join(_head(words, job, thread)),
        _quoted(shortened(job.prompt, PROMPT_SHOWN)),
        _files(words, "job_admin.files", job.files),
        "\n".join(_standing(words, job, queued)),
        _result(job),
        _files(words, "job_admin.outputs", job.outputs),
    ]
    keyboard = InlineKeyboardMarkup(inline_keyboard=_rows(words, job))
    return "\n\n".join(one for one in paragraphs if one), keyboard


def _head(words: Words, job: Job, thread: Sequence[Job]) -> list[str]:
    state = words(f"jobs.state.{job.state.value}")
    lines = [words.html("job_admin.head", id=job.id, state=state)]
    lines.append(words.html("job_admin.who", name=job.owner_name, id=job.owner))
    if job.by_name:
        lines.append(words.html("job_admin.by", name=job.by_name))
    lines.append(words.html("job_admin.kind", type=job.job_type, priority=job.priority))
    if job.parent_id is not None:
        many, first = len(thread), job.thread_id
        lines.append(words.count("job_admin.reply", many, parent=job.parent_id, thread=first))
    return lines


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most].rstrip() + "…"


def _quoted(text: str) -> str:
    return f"<blockquote>{escape(text, quote=False)}</blockquote>"


def _files(words: Words, key: str, files: Sequence[JobFile]) -> str:
    if not files:
        return ""
    lines = [
        words.html("job_admin.file", name=_name(file), size=size(words, file.size))
        for file in files[:FILES_SHOWN]
    ]
    if (rest := len(files) - FILES_SHOWN) > 0:
        lines.append(words.count("job_admin.more_files", rest))
    return "\n".join([words.html(key), *lines])


def _standing(words: Words, job: Job, queued: Queued | None) -> list[str]:
    """How it stands, who decided about it, and why."""
    if job.state is JobState.PENDING:
        return _pending(words, queued)
    if job.state is JobState.REJECTED:
        return [_rejected(words, job)]
    if job.state is JobState.CANCELLED:
        by = job.decided_by or words("job_admin.nobody")
        return [words.html("job_admin.cancelled", by=by)]
    return [_approved(words, job), *_worked_on(words, job, queued), *_tries(words, job)]


def _worked_on(words: Words, job: Job, queued: Queued | None) -> list[str]:
    if job.state is JobState.APPROVED:
        return _waiting(words, queued)
    if job.state is JobState.PROCESSING:
        return _running(words, job)
    if job.state is JobState.FAILED:
        return [words.html("job_admin.failed", why=job_failure(words, job))]
    took = seconds(words, job.ended_at - job.started_at)
    return [words.html("job_admin.completed", time=took)]


def _pending(words: Words, queued: Queued | None) -> list[str]:
    lines = [words.html("job_admin.pending")]
    if queued is not None and queued.position > 1:
        lines.append(words.count("job_admin.pending_before", queued.position - 1))
    return lines


def _approved(words: Words, job: Job) -> str:
    if not job.decided_by:
        return words.html("job_admin.approved_by_itself")
    return words.html("job_admin.approved", by=job.decided_by)


def _waiting(words: Words, queued: Queued | None) -> list[str]:
    if queued is None:
        return []
    lines = [words.html("job_admin.waits", position=queued.position)]
    if queued.seconds:
        lines.append(words.html("job_admin.wait", time=seconds(words, queued.seconds)))
    return lines


def _running(words: Words, job: Job) -> list[str]:
    lines = [words.html("job_admin.running", worker=job.worker)]
    if job.progress:
        lines.append(words.html("job_admin.progress", progress=job.progress))
    return lines


def _tries(words: Words, job: Job) -> list[str]:
    """Of interest from the second on, or where it waits for the second."""
    again = job.tries > 1 or (job.tries and job.state is JobState.APPROVED)
    return [words.html("job_admin.tries", tries=job.tries, most=TRIES)] if again else []


def _rejected(words: Words, job: Job) -> str:
    if job.reason:
        return words.html("job_admin.rejected_why", by=job.decided_by, reason=job.reason)
    return words.html("job_admin.rejected", by=job.decided_by)


def _result(job: Job) -> str:
    """As the person reads it, so it is without its Markdown."""
    text = render(job.output[:SOURCE]).text
    return _quoted(shortened(text, RESULT_SHOWN)) if text else ""


def _rows(words: Words, job: Job) -> list[Row]:
    rows = [_decisions(words, job), _looks(words, job), *_file_rows(words, job)]
    return [row for row in rows if row]


def _decisions(words: Words, job: Job) -> Row:
    if job.state is JobState.PENDING:
        approve = button(words("button.job_admin.approve"), JobApprove(id=job.id))
        return [approve, button(words("button.job_admin.reject"), JobReject(id=job.id))]
    if job.has_ended:
        return []
    return [button(words("button.job_admin.cancel"), JobHalt(id=job.id))]


def _looks(words: Words, job: Job) -> Row:
    """Of a pending one that is no reply there is no more context than the card has."""
    parts = []
    if len(job.prompt) > PROMPT_SHOWN:
        parts.append(Part.PROMPT)
    if job.parent_id is not None or job.state is not JobState.PENDING:
        parts.append(Part.CONTEXT)
    if job.output:
        parts.append(Part.RESULT)
    return [
        button(words(f"button.job_admin.{part.value}"), JobLook(id=job.id, part=part))
        for part in parts
    ]


def _file_rows(words: Words, job: Job) -> list[Row]:
    """What was made first: who looks for a file of a job that is done wants that one."""
    named = [(Side.OUT, job.outputs), (Side.IN, job.files)]
    found = [(side, number, file) for side, some in named for number, file in enumerate(some)]
    buttons = [
        button(
            words(f"button.job_admin.{side.value}", name=_name(file)),
            JobFileTake(id=job.id, side=side, number=number),
        )
        for side, number, file in found[:FILES_SHOWN]
    ]
    return [[one] for one in buttons]


def _name(file: JobFile) -> str:
    return shortened(file.name, NAME_SHOWN)
