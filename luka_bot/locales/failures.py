"""Our errors as sentences; the same words whichever door met them."""

from luka_bot.locales import Words
from luka_bot.locales.conversation_refusals import conversation_refusal
from luka_bot.locales.job_refusals import job_refusal
from luka_bot.locales.people_refusals import people_refusal
from luka_bot.models import errors
from luka_bot.models.errors import ModelError, Refused
from luka_bot.models.events import Cut, Notice, NoticeKind

_REFUSALS: dict[type[Refused], str] = {
    errors.NotYours: "refused.not_yours",
    errors.NameInvalid: "refused.name",
    errors.TurnGone: "refused.turn_gone",
    errors.NotLastTurn: "refused.not_last",
    errors.BeingWritten: "refused.being_written",
}

_FAILURES: dict[type[ModelError], str] = {
    errors.ModelAway: "failure.away",
    errors.ModelMissing: "failure.missing",
    errors.ModelNotServed: "failure.not_served",
    errors.ModelBusy: "failure.busy",
    errors.ModelKeyRefused: "failure.key",
    errors.ModelOutOfMemory: "failure.memory",
    errors.AnswerCut: "failure.cut",
    errors.AnswerEmpty: "failure.empty",
}

_NOTICES = {
    NoticeKind.HISTORY_EXPIRED: "notice.history_expired",
    NoticeKind.HISTORY_TRIMMED: "notice.history_trimmed",
    NoticeKind.ANSWER_FULL: "notice.answer_full",
}


def refusal(words: Words, error: Refused) -> str:
    """Plain text, short enough for a toast; the error's fields fill its placeholders."""
    match error:
        case errors.TooManyThreads(limit=limit):
            return words.count("refused.too_many", limit)
        case errors.TooManyWaiting(limit=limit):
            return words.count("refused.too_many_waiting", limit)
        case _ if (sentence := people_refusal(words, error)) is not None:
            return sentence
        case _ if (sentence := conversation_refusal(words, error)) is not None:
            return sentence
        case _ if (sentence := job_refusal(words, error)) is not None:
            return sentence
        case _:
            return words(_REFUSALS.get(type(error), "refused.gone"), **vars(error))


def failure(words: Words, error: ModelError) -> str:
    """Plain text: what happened and what helps. How to ask again, each door shows in its way."""
    match error:
        case errors.ModelStalled(seconds=seconds):
            return words.count("failure.stalled", max(1, round(seconds)))
        case errors.ContextTooLong(limit=limit):
            return words.count("failure.too_long", limit)
        case _:
            return words(_FAILURES.get(type(error), "failure.failed"), **vars(error))


def footnote(words: Words, event: Notice | Cut) -> str:
    """What stands under an answer that has something to say about itself; plain text."""
    match event:
        case Notice(kind):
            return words(_NOTICES[kind])
        case Cut(error):
            return words("answer.stopped") if error is None else failure(words, error)
