"""Who talks to luka, and what the place knows of them."""

from dataclasses import dataclass, field
from enum import StrEnum

from luka_bot.models.ids import MessageId, UserId


class Access(StrEnum):
    """Who gets in: anybody; whoever an admin lets in; only who is invited."""

    OPEN = "open"
    APPROVAL = "approval"
    CLOSED = "closed"


class Standing(StrEnum):
    STRANGER = "stranger"  # nothing is kept of them
    WAITING = "waiting"  # has asked to get in
    ALLOWED = "allowed"
    REJECTED = "rejected"  # may ask again later
    BANNED = "banned"


class PersonRole(StrEnum):
    USER = "user"
    ADMIN = "admin"


class Reach(StrEnum):
    """Whether what we send them arrives."""

    HERE = ""
    BLOCKED = "blocked"  # they blocked the bot, or deleted their account


@dataclass(frozen=True, slots=True)
class Limits:
    """A day's: messages, tokens (read and written), seconds of the model. 0: as many as they like.

    In a person's own limits None is the operator's default.
    """

    messages: int | None = None
    tokens: int | None = None
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """Of the day that ends at until (seconds since the epoch, 0 if there was none yet)."""

    messages: int = 0
    tokens: int = 0
    seconds: float = 0.0
    until: float = 0.0


@dataclass(frozen=True, slots=True)
class Preferences:
    """language "" is their Telegram's; time_zone "" is the operator's, else an IANA name."""

    language: str = ""
    thinking: bool = False
    quiet: bool = False
    time_zone: str = ""


class Choice(StrEnum):
    """What of their preferences somebody chooses."""

    LANGUAGE = "language"
    THINKING = "thinking"
    QUIET = "quiet"
    TIME_ZONE = "time_zone"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody as their update names them. username is without @, language Telegram's code."""

    user_id: UserId
    name: str
    username: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """since: when they were first met, seconds since the epoch, 0 for a stranger. seen: last.

    words: what they wrote when they asked to get in. card: that message in the admins' group.
    login: the name of an account with a password, "" if they have none.
    """

    user_id: UserId
    name: str = ""
    username: str = ""
    language: str = ""
    standing: Standing = Standing.STRANGER
    role: PersonRole = PersonRole.USER
    since: float = 0.0
    seen: float = 0.0
    words: str = ""
    card: MessageId | None = None
    decided_at: float = 0.0
    decided_by: str = ""
    reach: Reach = Reach.HERE
    login: str = ""
    folder: str = ""
    limits: Limits = field(default_factory=Limits)
    preferences: Preferences = field(default_factory=Preferences)

    @property
    def is_known(self) -> bool:
        """Whether anything is kept of them."""
        return self.since > 0

    @property
    def shown_language(self) -> str:
        return self.preferences.language or self.language

    @property
    def is_local(self) -> bool:
        """An account of the web and the command line; no Telegram user has such a number."""
        return self.user_id >= FIRST_LOCAL


FIRST_LOCAL = 2**52
"""Telegram's numbers have at most 52 significant bits; Lua's are exact up to 2**53."""
