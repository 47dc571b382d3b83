"""What is told to the store of somebody who is here, and what it says of them."""

from dataclasses import dataclass
from enum import StrEnum

from luka_bot.models.person import Access, Limits, Person, Usage, Visitor
from luka_bot.storage import keys
from luka_bot.storage.person_codec import search_text


class Verdict(StrEnum):
    OK = "OK"
    FLOOD = "FLOOD"
    NEW_DAY = "NEW_DAY"
    MESSAGES = "messages"
    TOKENS = "tokens"
    SECONDS = "seconds"


@dataclass(frozen=True, slots=True)
class Pace:
    """per_minute: things that one person may do; 0 for as many as they like.

    limits: the operator's, for whoever has none of their own.
    """

    access: Access
    per_minute: int
    limits: Limits


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody is here. is_expected: the operator named them, they need nobody's approval.

    name: of what they do, "" if it can't come again; however often it comes, it is held to
    per_minute (if it is paced) and counted as a message (if it is counted) once. day_ends: when
    their day does (seconds since the epoch), for who was told NEW_DAY.
    """

    visitor: Visitor
    is_admin: bool = False
    is_expected: bool = False
    paced: bool = True
    name: str = ""
    counted: bool = False
    day_ends: float = 0.0


@dataclass(frozen=True, slots=True)
class Meeting:
    """seconds: how long a flood has to rest."""

    person: Person
    verdict: Verdict
    seconds: float
    usage: Usage


@dataclass(frozen=True, slots=True)
class Introduction:
    """An arrival as meeting.lua takes it, for a script that does more in the same step."""

    names: tuple[str, ...]
    args: tuple[str | int, ...]


def introduced(arrival: Arrival, pace: Pace, now: float) -> Introduction:
    """now: seconds since the epoch."""
    limits, user_id = pace.limits, arrival.visitor.user_id
    return Introduction(
        (keys.usage(user_id), keys.flood(user_id), keys.asked(user_id)),
        (
            *described(arrival.visitor),
            repr(now),
            (Access.OPEN if arrival.is_expected else pace.access).value,
            "1" if arrival.is_admin else "",
            pace.per_minute if arrival.paced else 0,
            arrival.name,
            repr(arrival.day_ends),
            limits.messages or 0,
            limits.tokens or 0,
            limits.seconds or 0,
            "1" if arrival.counted else "",
        ),
    )


def described(visitor: Visitor) -> list[str]:
    """As the scripts about people take it: number, name, username, language, search text."""
    username = visitor.username.casefold()
    search = search_text(visitor.name, username)
    return [str(visitor.user_id), visitor.name, username, visitor.language, search]
