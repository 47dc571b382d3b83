"""Our errors as sentences; the same words whichever door met them."""

from luka_bot.locales import Words
from luka_bot.models import errors
from luka_bot.models.errors import ModelError, Refused
from luka_bot.models.events import Cut, Notice, NoticeKind

_REFUSALS: dict[type[Refused], str] = {
    errors.NotYours: "refused.not_yours",
    errors.TooManyThreads: "refused.too_many",
    errors.TooManyWaiting: "refused.too_many_waiting",
    errors.NameInvalid: "refused.name",
    errors.TurnGone: "refused.turn_gone",
    errors.NotLastTurn: "refused.not_last",
}

_FAILURES: dict[type[ModelError], str] = {
    errors.ModelAway: "failure.away",
    errors.ModelMissing: "failure.missing",
    errors.ModelOutOfMemory: "failure.memory",
    errors.ModelStalled: "failure.stalled",
    errors.AnswerCut: "failure.cut",
    errors.AnswerEmpty: "failure.empty",
    errors.ContextTooLong: "failure.too_long",
}

_NOTICES = {
    NoticeKind.HISTORY_EXPIRED: "notice.history_expired",
    NoticeKind.HISTORY_TRIMMED: "notice.history_trimmed",
}


def refusal(words: Words, error: Refused) -> str:
    """Plain text, short enough for a toast; the error's fields fill its placeholders."""
    return words(_REFUSALS.get(type(error), "refused.gone"), **vars(error))


def failure(words: Words, error: ModelError) -> str:
    """Plain text that says what happened and what to do next."""
    return words(_FAILURES.get(type(error), "failure.failed"), **vars(error))


def footnote(words: Words, event: Notice | Cut) -> str:
    """What stands under an answer that has something to say about itself; plain text."""
    match event:
        case Notice(kind):
            return words(_NOTICES[kind])
        case Cut(error):
            return words("answer.stopped") if error is None else failure(words, error)
