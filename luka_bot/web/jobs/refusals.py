"""What these pages say of what can't be done, and by which status."""

from luka_bot.locales import Words
from luka_bot.locales.failures import refusal
from luka_bot.models import job_errors as errors
from luka_bot.models.errors import Refused
from luka_bot.models.people_errors import PersonGone, SignInRefused, TooManyAttempts
from luka_bot.web.admin.guard import Told

_STATUS: dict[type[Refused], int] = {
    errors.PromptInvalid: 400,
    errors.TypeUnknown: 400,
    errors.FileTooBig: 413,
    errors.QuotaFull: 413,
    errors.TooManyFiles: 413,
    errors.FileKind: 415,
    errors.TooManyJobs: 429,
}

_OWN: dict[type[Refused], tuple[str, int]] = {
    errors.JobGone: ("gone", 404),
    PersonGone: ("gone", 404),
    errors.NotYourJob: ("others_job", 403),
    errors.AdminsAlone: ("denied", 403),
    errors.FileGone: ("file_gone", 404),
    errors.OutsideWorkspace: ("others_file", 403),
}


def told(words: Words, error: Refused) -> Told:
    key, status = _OWN.get(type(error), ("refused", status_of(error)))
    return (key, status, said(words, error) if key == "refused" else "")


def status_of(error: Refused) -> int:
    return _STATUS.get(type(error), 409)


def said(words: Words, error: Refused) -> str:
    """Plain text. Where Telegram would be told a command, these pages have a link."""
    match error:
        case errors.TooManyJobs(limit=limit):
            return words.count("job_pages.too_many", limit)
        case errors.TooManyFiles(limit=limit):
            return words.count("job_pages.too_many_files", limit)
        case errors.QuotaFull(name=name):
            return words("job_pages.quota", name=name)
        case errors.ReplyTooSoon(job_id=job_id, state=state):
            now = words(f"jobs.state.{state.value}")
            return words("job_pages.too_soon", job_id=job_id, state=now)
    return refusal(words, error)


def not_in(words: Words, error: Refused) -> str:
    """What they are told who couldn't sign in."""
    match error:
        case SignInRefused():
            return words("job_pages.wrong")
        case TooManyAttempts(seconds=seconds):
            return words.count("job_pages.attempts", max(1, round(seconds)))
    return refusal(words, error)
