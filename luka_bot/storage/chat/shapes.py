"""What goes into a store of conversations, and who hears of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Protocol

from luka_bot.models.conversation import ChatMessage
from luka_bot.models.ids import ChatId, ThreadId, TopicId
from luka_bot.models.message import Message
from luka_bot.models.participant import ParticipantInfo
from luka_bot.models.thread import Thread

LOG_LIMIT = 1000  # messages that a conversation's log keeps
PAGE_LIMIT = 300  # messages that are given at once, at most


FAREWELLS = ThreadId("farewells")
"""On the bus in a conversation's place: somebody is to be told that one is closed."""


@dataclass(frozen=True, slots=True)
class ChatLimits:
    """max_participants: people and agents together. dm: of them by direct messages. queue_size:
    outstanding work of a conversation."""

    max_participants: int = 100
    queue_size: int = 1000
    dm: int = 20


@dataclass(frozen=True, slots=True)
class Opening:
    """thread: the one that becomes a conversation. chat_id, topic_id: of the group it is bound to.
    history: what was said before; it takes the first numbers of the log."""

    thread: Thread
    participants: tuple[ParticipantInfo, ...]
    epoch: str
    chat_id: ChatId | None = None
    topic_id: TopicId | None = None
    history: tuple[Message, ...] = ()


Clock = Callable[[], float]
Frame = Mapping[str, Any]
"""JSON's shape, as chat-protocol names its fields."""


class BusListener(Protocol):
    """Called in the order of the bus, never awaited: it must not block."""

    def cares(self, conversation_id: ThreadId) -> bool:
        """What it doesn't care for isn't even read."""

    def message(self, message: ChatMessage) -> None:
        """One that the log has got. Several may be missing before it: then refill."""

    def frame(self, conversation_id: ThreadId, frame: Frame) -> None:
        """One without a number: stream, typing, participant_update, redact, work_cancelled, ...

        `work_cancelled` {"work": key}: of store_message's own; no socket gets it."""

    def interrupted(self) -> None:
        """The bus was away: whatever was said meanwhile must be looked up in the logs."""


def fingerprint(token: str) -> str:
    """What an invite is known by; nobody can join by it."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()[:16]
