"""luka's conversations from Python: create, join, speak, and hear what is said.

Stands alone: it knows luka's HTTP interface, and nothing else of luka.
"""

from luka_bot.client.chat_client import ChatClient
from luka_bot.client.errors import (
    AgentTimedOut,
    BadFrame,
    ChatError,
    ConnectionLost,
    Ended,
    Forbidden,
    NotFound,
    ParticipantsFull,
    QueueFull,
    RateLimited,
    Removed,
    StorageUnavailable,
    TooLarge,
    Unauthorized,
    Unreachable,
)
from luka_bot.client.events import (
    Closed,
    Event,
    Message,
    Participant,
    ParticipantUpdate,
    Redacted,
    Reset,
    Stream,
    Trouble,
    Typing,
)
from luka_bot.client.replies import ConversationInfo, Invite, Listed, Page, Position
from luka_bot.client.talk import Sent, Talk
from luka_bot.client.times import Times

__all__ = [
    "AgentTimedOut",
    "BadFrame",
    "ChatClient",
    "ChatError",
    "Closed",
    "ConnectionLost",
    "ConversationInfo",
    "Ended",
    "Event",
    "Forbidden",
    "Invite",
    "Listed",
    "Message",
    "NotFound",
    "Page",
    "Participant",
    "ParticipantUpdate",
    "ParticipantsFull",
    "Position",
    "QueueFull",
    "RateLimited",
    "Redacted",
    "Removed",
    "Reset",
    "Sent",
    "StorageUnavailable",
    "Stream",
    "Talk",
    "Times",
    "TooLarge",
    "Trouble",
    "Typing",
    "Unauthorized",
    "Unreachable",
]
