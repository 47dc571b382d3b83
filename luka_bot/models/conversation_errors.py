"""What goes wrong in conversations.

Refused
├── NotInConversation      they take no part in it
├── ParticipantLimit       as many take part as may
├── QueueFullError         a conversation owes so much that it takes no more for a moment
├── MessageTooLong         more characters than a conversation's message may have
├── MessageMissing         no such message in the conversation
├── ShareGone              an invite that can't be used any more
├── AgentUnknown           no agent has that name
├── PersonaInvalid         an agent that admins can't make so
├── PersonaStays           an agent of the settings
└── OwnerStays             whoever a conversation belongs to can't leave it
LukaError
├── IsConversation         the thread is a conversation, and what is said in it no turn
├── NotIntroduced          whether they may say something has to be asked at length
├── AgentTimeout           an agent had its time, and didn't answer
└── PlaceGone              a Telegram chat takes no part in a conversation any more
"""

from luka_bot.models.errors import LukaError, Refused
from luka_bot.models.ids import AgentName, ChatId, ThreadId


class NotInConversation(Refused):
    """They take no part in it, or do no longer."""

    def __init__(self, conversation_id: ThreadId) -> None:
        super().__init__(conversation_id)
        self.conversation_id = conversation_id


class ParticipantLimit(Refused):
    """by_dm: of those who take part by direct messages; the web has room."""

    def __init__(self, limit: int, *, by_dm: bool = False) -> None:
        super().__init__(limit)
        self.limit = limit
        self.by_dm = by_dm


class QueueFullError(Refused):
    """So much of a conversation is outstanding that it takes no more for a moment."""

    def __init__(self, conversation_id: ThreadId, size: int, limit: int) -> None:
        super().__init__(conversation_id, size, limit)
        self.conversation_id = conversation_id
        self.size = size
        self.limit = limit


class MessageTooLong(Refused):
    """limit: characters."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class MessageMissing(Refused):
    """No such message in the conversation, or its words were taken back."""


class ShareGone(Refused):
    """The invite is used up, revoked, expired, or was never made."""


class AgentUnknown(Refused):
    """No agent has that name."""


class PersonaInvalid(Refused):
    """limit: characters of its prompt. most: agents that admins can make."""

    def __init__(self, limit: int, most: int) -> None:
        super().__init__(limit, most)
        self.limit = limit
        self.most = most


class PersonaStays(Refused):
    """It is made and removed in the settings alone."""

    def __init__(self, name: AgentName) -> None:
        super().__init__(name)
        self.name = name


class OwnerStays(Refused):
    """Whoever a conversation belongs to can delete it, but not leave it."""


class IsConversation(LukaError):
    """The thread is a conversation: what is said in it is said there, not in a turn."""

    def __init__(self, conversation_id: ThreadId) -> None:
        super().__init__(conversation_id)
        self.conversation_id = conversation_id


class AgentTimeout(LukaError):
    """seconds: how long the agent had."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class PlaceGone(LukaError):
    """Nothing can be brought to this Telegram chat. for_good: blocked, left, deleted; else it may
    be otherwise next time. topic: it is only the topic that is gone."""

    def __init__(self, chat_id: ChatId, *, for_good: bool = True, topic: bool = False) -> None:
        super().__init__(chat_id)
        self.chat_id = chat_id
        self.for_good = for_good
        self.topic = topic


class NotIntroduced(LukaError):
    """Nothing was stored: who they are doesn't settle that they may; AccessService knows more."""
