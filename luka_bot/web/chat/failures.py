"""Everything that can go wrong at this door: a code for programs, a sentence for people."""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from luka_bot.locales import Words
from luka_bot.locales.failures import failure as of_model
from luka_bot.locales.failures import refusal
from luka_bot.models.clock import Clock
from luka_bot.models.conversation_errors import (
    AgentUnknown,
    MessageMissing,
    MessageTooLong,
    NotInConversation,
    OwnerStays,
    ParticipantLimit,
    QueueFullError,
    ShareGone,
)
from luka_bot.models.errors import (
    LukaError,
    ModelError,
    ModelStalled,
    NameInvalid,
    NotYours,
    Refused,
    StorageAway,
    ThreadGone,
    TooManyThreads,
)
from luka_bot.models.people_errors import (
    CheckFailed,
    DayLimitReached,
    NotLetIn,
    NotPermitted,
    PersonGone,
    SignInRefused,
    TooFast,
    TooManyAttempts,
)

SOON = 5  # s after which it may be tried again where nobody knows better
DETAIL = 200  # characters of what was wrong with a frame


class Code(StrEnum):
    BAD_FRAME = "BAD_FRAME"
    UNAUTHORIZED = "UNAUTHORIZED"
    FORBIDDEN = "FORBIDDEN"
    NOT_FOUND = "NOT_FOUND"
    TOO_LARGE = "TOO_LARGE"
    RATE_LIMITED = "RATE_LIMITED"
    QUEUE_FULL = "QUEUE_FULL"
    PARTICIPANT_LIMIT = "PARTICIPANT_LIMIT"
    INTERNAL = "INTERNAL"
    MODEL_UNAVAILABLE = "MODEL_UNAVAILABLE"
    STORAGE_UNAVAILABLE = "STORAGE_UNAVAILABLE"
    AGENT_TIMEOUT = "AGENT_TIMEOUT"

    @property
    def status(self) -> int:
        return _STATUS[self]


_STATUS = {
    Code.BAD_FRAME: 400,
    Code.UNAUTHORIZED: 401,
    Code.FORBIDDEN: 403,
    Code.NOT_FOUND: 404,
    Code.TOO_LARGE: 413,
    Code.RATE_LIMITED: 429,
    Code.QUEUE_FULL: 429,
    Code.PARTICIPANT_LIMIT: 429,
    Code.INTERNAL: 500,
    Code.MODEL_UNAVAILABLE: 503,
    Code.STORAGE_UNAVAILABLE: 503,
    Code.AGENT_TIMEOUT: 504,
}


class AtTheDoor(LukaError):
    """key: of its sentence. detail: what was wrong, for whoever writes a client."""

    def __init__(self, code: Code, key: str, detail: str = "", retry_after: int = 0) -> None:
        super().__init__(code, key, detail)
        self.code = code
        self.key = key
        self.detail = detail
        self.retry_after = retry_after


class BadFrame(AtTheDoor):
    def __init__(self, detail: str) -> None:
        super().__init__(Code.BAD_FRAME, "chatweb.bad_frame", detail[:DETAIL])


class NotSignedIn(AtTheDoor):
    def __init__(self) -> None:
        super().__init__(Code.UNAUTHORIZED, "chatweb.unauthorized")


class NotThere(AtTheDoor):
    """Neither the route nor what it names."""

    def __init__(self) -> None:
        super().__init__(Code.NOT_FOUND, "chatweb.not_found")


class TooMuch(AtTheDoor):
    """Of what one person sends. seconds until there is room."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            Code.RATE_LIMITED, "chatweb.rate_limited", retry_after=max(1, math.ceil(seconds))
        )


@dataclass(frozen=True, slots=True)
class Failure:
    """retry_after: seconds, 0 where waiting doesn't help."""

    code: Code
    message: str
    retry_after: int = 0

    def json(self) -> dict[str, Any]:
        told: dict[str, Any] = {
            "code": self.code.value,
            "status": self.code.status,
            "message": self.message,
        }
        return {**told, "retry_after": self.retry_after} if self.retry_after else told


_CODES: dict[type[Refused], tuple[Code, str]] = {
    NotInConversation: (Code.NOT_FOUND, "chatweb.not_found"),
    ThreadGone: (Code.NOT_FOUND, "chatweb.not_found"),
    MessageMissing: (Code.NOT_FOUND, "chatweb.message_missing"),
    ShareGone: (Code.NOT_FOUND, "chatweb.invite_gone"),
    AgentUnknown: (Code.NOT_FOUND, "chatweb.agent_unknown"),
    PersonGone: (Code.NOT_FOUND, "chatweb.person_gone"),
    OwnerStays: (Code.FORBIDDEN, "chatweb.owner_stays"),
    NotYours: (Code.FORBIDDEN, "chatweb.not_yours"),
    SignInRefused: (Code.UNAUTHORIZED, ""),
    NotLetIn: (Code.FORBIDDEN, ""),
    NotPermitted: (Code.FORBIDDEN, ""),
    TooManyThreads: (Code.FORBIDDEN, ""),
    NameInvalid: (Code.BAD_FRAME, ""),
}


def failure_of(error: LukaError, words: Words, now: Clock) -> Failure:
    """now: seconds since the epoch."""
    match error:
        case AtTheDoor():
            return _at_the_door(error, words)
        case StorageAway() | CheckFailed():
            return Failure(Code.STORAGE_UNAVAILABLE, words("chatweb.away"), SOON)
        case ModelError():
            late = isinstance(error, ModelStalled)
            code = Code.AGENT_TIMEOUT if late else Code.MODEL_UNAVAILABLE
            return Failure(code, of_model(words, error), SOON)
        case Refused():
            return _too_much(error, words, now) or _refused(error, words)
    return Failure(Code.INTERNAL, words("chatweb.internal"))


def _at_the_door(error: AtTheDoor, words: Words) -> Failure:
    seconds = error.retry_after
    if isinstance(error, TooMuch):
        return Failure(error.code, words.count(error.key, seconds), seconds)
    return Failure(error.code, words(error.key, detail=error.detail), seconds)


def _too_much(error: Refused, words: Words, now: Clock) -> Failure | None:
    seconds = 0.0
    match error:
        case MessageTooLong(limit=limit):
            return Failure(Code.TOO_LARGE, words.count("chatweb.too_long", limit))
        case ParticipantLimit(limit=limit):
            return Failure(Code.PARTICIPANT_LIMIT, words.count("chatweb.participants", limit))
        case QueueFullError():
            return Failure(Code.QUEUE_FULL, words("chatweb.queue_full"), SOON)
        case TooFast(seconds=seconds) | TooManyAttempts(seconds=seconds):
            pass
        case DayLimitReached(until=until):
            seconds = until - now()
        case _:
            return None
    return Failure(Code.RATE_LIMITED, refusal(words, error), max(1, math.ceil(seconds)))


def _refused(error: Refused, words: Words) -> Failure:
    for kind in type(error).__mro__:
        if kind in _CODES:
            code, key = _CODES[kind]
            return Failure(code, words(key) if key else refusal(words, error))
    return Failure(Code.FORBIDDEN, refusal(words, error))
