"""What goes wrong, by the codes of the protocol.

ChatError
├── BadFrame, Unauthorized, NotFound, TooLarge, ParticipantsFull, AgentTimedOut
├── Forbidden
│   └── Removed            we are no longer in the conversation, or it is no more
├── Later                  it may work after retry_after seconds
│   ├── QueueFull, RateLimited, StorageUnavailable
│   └── Unreachable        nobody answers there at this moment
├── ConnectionLost         nobody answered for as long as we may try
└── Ended                  we have left, or closed the talk
"""

from collections.abc import Mapping
from typing import Any


class ChatError(Exception):
    """code, status: as in the protocol; an answer that has none gets its HTTP status's."""

    def __init__(self, message: str = "", code: str = "", status: int = 0) -> None:
        super().__init__(message or code or type(self).__name__)
        self.code = code
        self.status = status


class BadFrame(ChatError):
    """What we sent is not what the protocol says."""


class Unauthorized(ChatError):
    """The token is wrong, or no longer good."""


class Forbidden(ChatError):
    """We take no part in this conversation, or may not do this."""


class Removed(Forbidden):
    """Somebody took us out of the conversation, or ended it."""


class NotFound(ChatError):
    """No such conversation, invite or message."""


class TooLarge(ChatError):
    """The message has more characters than a message may have."""


class ParticipantsFull(ChatError):
    """So many take part that nobody else can."""


class AgentTimedOut(ChatError):
    """An agent took too long."""


class Later(ChatError):
    """retry_after: seconds."""

    def __init__(
        self, message: str = "", code: str = "", status: int = 0, retry_after: float = 0.0
    ) -> None:
        super().__init__(message, code, status)
        self.retry_after = retry_after


class QueueFull(Later):
    """The conversation has so much outstanding that it takes no more for a moment."""


class RateLimited(Later):
    """We say too much at once, or have too many sockets."""


class StorageUnavailable(Later):
    """luka can't store anything at this moment."""


class Unreachable(Later):
    """Nobody answers, or not as luka does."""


class ConnectionLost(ChatError):
    """tries: how often we tried to connect again."""

    def __init__(self, tries: int) -> None:
        super().__init__(f"no connection after {tries} tries")
        self.tries = tries


class Ended(ChatError):
    """Nothing can be said here any more."""


_PLAIN: Mapping[str, type[ChatError]] = {
    "BAD_FRAME": BadFrame,
    "UNAUTHORIZED": Unauthorized,
    "FORBIDDEN": Forbidden,
    "NOT_FOUND": NotFound,
    "TOO_LARGE": TooLarge,
    "PARTICIPANT_LIMIT": ParticipantsFull,
    "AGENT_TIMEOUT": AgentTimedOut,
}
_LATER: Mapping[str, type[Later]] = {
    "QUEUE_FULL": QueueFull,
    "RATE_LIMITED": RateLimited,
    "STORAGE_UNAVAILABLE": StorageUnavailable,
}
_BY_STATUS = {
    400: "BAD_FRAME",
    401: "UNAUTHORIZED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    413: "TOO_LARGE",
    429: "RATE_LIMITED",
    503: "STORAGE_UNAVAILABLE",
}


def error_from(said: Mapping[str, Any]) -> ChatError:
    """From an `error` frame, or the `error` of an HTTP answer."""
    code, text = str(said.get("code", "")), str(said.get("message", ""))
    status = int(said.get("status") or 0)
    if code in _LATER:
        return _LATER[code](text, code, status, float(said.get("retry_after") or 1.0))
    return _PLAIN.get(code, ChatError)(text, code, status)


def error_of_status(status: int, retry_after: str | None = None) -> ChatError:
    """Where only HTTP's own words are known."""
    wait = float(retry_after) if retry_after and retry_after.isdecimal() else 0.0
    if status in _BY_STATUS:
        code = _BY_STATUS[status]
        return error_from({"code": code, "status": status, "retry_after": wait})
    if status >= 500:
        return Unreachable(f"HTTP {status}", "", status, wait)
    return ChatError(f"HTTP {status}", "", status)
