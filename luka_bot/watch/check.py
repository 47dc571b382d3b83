"""One thing to look at, and what was seen."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum


class AlarmName(StrEnum):
    """Also the check's name. Each has its sentences, its remedy and its place in the manual."""

    STORAGE = "storage"
    MODEL = "model"
    POLL = "poll"
    WEBHOOK = "webhook"
    STUCK = "inbox_stuck"
    FULL = "inbox_full"
    DEAD_LETTERS = "dead_letters"
    LEASE = "lease"
    CONFLICT = "conflict"
    LOOP = "loop"
    JOBS = "jobs"
    TOKEN = "token"  # noqa: S105 - a name


@dataclass(frozen=True, slots=True)
class Outcome:
    """detail is for everybody: no text of a person, no token, no address with a password.

    serves: it is worth an alarm, and hinders nobody.
    """

    ok: bool
    detail: str = ""
    serves: bool = False


WELL = Outcome(ok=True)


def failing(detail: str) -> Outcome:
    return Outcome(ok=False, detail=detail)


def mild(detail: str) -> Outcome:
    return Outcome(ok=False, detail=detail, serves=True)


Look = Callable[[], Awaitable[Outcome | None]]
"""None, or StorageAway where Redis would have to say it: nothing is known, so nothing changes."""


@dataclass(frozen=True, slots=True)
class Check:
    """raise_after: seconds that it has to fail. vital: without it this replica serves nobody.

    cure is tried when the alarm is raised, and again from time to time while it stands.
    """

    name: AlarmName
    look: Look
    raise_after: float = 0.0
    vital: bool = True
    cure: Callable[[], None] | None = None
