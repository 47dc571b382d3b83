"""What is said, handed to everybody of this process who listens, in order and without a gap."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any, Protocol

from luka_bot.models.conversation import ChatMessage
from luka_bot.models.ids import ParticipantId, ThreadId
from luka_bot.storage.chat.contract import Frame


class Listener(Protocol):
    """Of one conversation, such as a socket. Called in order, never awaited: it must not block."""

    def message(self, message: ChatMessage, text: str) -> None:
        """text: the frame as JSON, made once for all."""
        ...

    def frame(self, frame: Frame, text: str) -> None:
        """Without a number. One with "to" comes only to that participant."""
        ...


class Hub:
    """Delivers in order of sequence_id: what was heard already is skipped, what is missing is
    looked up in the log first. Keeps the last 100 messages of each conversation that was heard of
    lately (at most max_conversations, for ttl_seconds)."""

    def listening(
        self, conversation_id: ThreadId, participant: ParticipantId, listener: Listener
    ) -> AbstractContextManager[int]:
        """Hears all that comes after the number it gives: the last one that is known here."""
        raise NotImplementedError

    @property
    def depths(self) -> Mapping[ThreadId, int]:
        raise NotImplementedError

    def connections(self) -> Mapping[ThreadId, Mapping[ParticipantId, int]]:
        raise NotImplementedError

    def health(self) -> dict[str, Any]:
        """The numbers of GET /health/chat."""
        raise NotImplementedError
