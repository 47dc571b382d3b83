"""What happens while an answer is written; every door turns these into its own form.

A stream of events fails by raising as long as there was no Delta; after that it ends with exactly
one Finished or Cut.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from luka_bot.models.errors import ModelError


@dataclass(frozen=True, slots=True)
class Delta:
    """More text of the answer, never empty."""

    text: str


@dataclass(frozen=True, slots=True)
class Thinking:
    """More of the model's reasoning; never part of the answer."""

    text: str


class NoticeKind(StrEnum):
    HISTORY_EXPIRED = "history_expired"
    HISTORY_TRIMMED = "history_trimmed"
    ANSWER_FULL = "answer_full"  # the model had room for no more words


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the person should know about this thread's memory or this answer; told once."""

    kind: NoticeKind


@dataclass(frozen=True, slots=True)
class Waiting:
    """The turn stands in the line in front of the model; only before the first word.

    position counts from 1; 0 means that the model begins now. seconds: how long it may still take,
    0 if nobody knows.
    """

    position: int
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Usage:
    """Figures of one answer as the model's server counted them; zero where it didn't say.

    Only seconds may be measured on our side.
    """

    model: str = ""
    prompt_tokens: int = 0
    answer_tokens: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Finished:
    """The answer is whole; or full, if the model would have said more and had no room for it."""

    usage: Usage = Usage()
    full: bool = False


@dataclass(frozen=True, slots=True)
class ToolCall:
    """The model wants one of the tools that it was given, and ends its answer there.

    id: the server's, "" where it has none. Whatever arguments hold is the model's idea.
    """

    name: str
    arguments: Mapping[str, object]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """The answer ends here: the person stopped it (error is None), or the model broke off."""

    error: ModelError | None = None


ModelEvent = Delta | Thinking | ToolCall | Finished
TurnEvent = Waiting | Delta | Thinking | Notice | Finished | Cut
