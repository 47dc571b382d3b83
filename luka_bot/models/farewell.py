"""That a conversation is no more, for somebody who was in it by direct messages."""

from dataclasses import dataclass
from enum import StrEnum

from luka_bot.models.ids import ChatId, ThreadId, UserId


class Ending(StrEnum):
    DELETED = "deleted"
    CLEARED = "cleared"
    FORGOTTEN = "forgotten"  # its owner is


@dataclass(frozen=True, slots=True)
class Closing:
    """How a conversation ends. by: who closes it, and needn't be told; None for nobody any more."""

    how: Ending = Ending.DELETED
    by: UserId | None = None
    by_name: str = ""


@dataclass(frozen=True, slots=True)
class Farewell:
    """chat_id: who is to be told. name: of the conversation. epoch: of its log, which no other
    has. key: by which it is taken off the list."""

    conversation_id: ThreadId
    epoch: str
    chat_id: ChatId
    name: str
    how: Ending
    by_name: str
    key: str
