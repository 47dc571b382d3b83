"""How much luka is used: what one turn took, and what days of them come to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from luka_bot.models.events import Usage
from luka_bot.models.ids import UserId
from luka_bot.models.message import MessageState

# Seconds; a wait is counted under the first that is no shorter, the longest under the last.
WAIT_BOUNDS = (0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120, 300, 600)


@dataclass(frozen=True, slots=True)
class Spent:
    """What a turn took. outcome: DONE, STOPPED or FAILED. usage.seconds: what the model worked.

    waited: seconds from the question to the first text, None if there was none. is_message: it is
    somebody's message, and not the same question asked once more.
    """

    person: UserId
    outcome: MessageState
    usage: Usage
    waited: float | None = None
    is_message: bool = True


@dataclass(frozen=True, slots=True)
class Figures:
    """people: how many different ones. answers: also those that were stopped.

    wait_p50, wait_p95: seconds until the first text, None if nobody had any. models: answers of
    each; "" is all whose names were too many.
    """

    people: int = 0
    messages: int = 0
    answers: int = 0
    failed: int = 0
    prompt_tokens: int = 0
    answer_tokens: int = 0
    model_seconds: float = 0.0
    wait_p50: float | None = None
    wait_p95: float | None = None
    models: Mapping[str, int] = field(default_factory=dict)

    @property
    def tokens(self) -> int:
        return self.prompt_tokens + self.answer_tokens


@dataclass(frozen=True, slots=True)
class DayStats:
    date: date
    figures: Figures = field(default_factory=Figures)


@dataclass(frozen=True, slots=True)
class StatsReport:
    """days: oldest first, without gaps, today last. people: who wrote most, and how many messages.

    totals: of all these days; week: of the last seven of them.
    """

    days: tuple[DayStats, ...]
    people: tuple[tuple[UserId, int], ...] = ()
    totals: Figures = field(default_factory=Figures)
    week: Figures = field(default_factory=Figures)


def wait_bound(seconds: float) -> float:
    """Under which of WAIT_BOUNDS it is counted."""
    return next((bound for bound in WAIT_BOUNDS if seconds <= bound), WAIT_BOUNDS[-1])


def quantile(counts: Mapping[float, int], share: float) -> float | None:
    """Below which that share of all lies, as if each bound's were spread evenly below it."""
    rank = share * sum(counts.values())
    if rank <= 0:
        return None
    below = 0
    for lower, upper in _spans(counts):
        here = counts.get(upper, 0)
        if below + here >= rank:
            return lower + (upper - lower) * (rank - below) / here
        below += here
    return max(counts)


def _spans(counts: Iterable[float]) -> list[tuple[float, float]]:
    """Also of bounds that an earlier luka had."""
    bounds = sorted({*WAIT_BOUNDS, *counts})
    return list(zip([0.0, *bounds], bounds, strict=False))
