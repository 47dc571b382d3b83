"""Where somebody sits in a conversation with a socket, and by which rules."""

from dataclasses import dataclass

from luka_bot.locales import Words
from luka_bot.models.conversation import Conversation
from luka_bot.models.ids import ParticipantId, ThreadId, UserId
from luka_bot.models.participant import human
from luka_bot.services.access import AccessService
from luka_bot.services.chat_sessions import Guest
from luka_bot.services.conversations.conversation_service import ConversationService
from luka_bot.services.conversations.hub import Hub
from luka_bot.services.conversations.saying import Speaker
from luka_bot.web.chat.authentication import Authentication
from luka_bot.web.chat.presence import Presence

FLOOD = 10  # frames of any kind for each message that somebody may send


@dataclass(frozen=True, slots=True)
class SocketRules:
    """heartbeat, dead_after: seconds. per_10s: messages of one person. per_human: sockets of one
    person in a conversation. message_size: characters."""

    heartbeat: float = 30.0
    dead_after: float = 600.0
    per_10s: int = 20
    per_human: int = 5
    message_size: int = 10_000
    queue_size: int = 1000
    max_participants: int = 100
    require_wss: bool = False


@dataclass(frozen=True, slots=True)
class Staff:
    """Whom a socket turns to."""

    service: ConversationService
    hub: Hub
    presence: Presence
    authentication: Authentication
    access: AccessService


@dataclass(slots=True)
class Seat:
    """guest changes when a session is renewed; conversation: as it was told lately."""

    guest: Guest
    words: Words
    conversation: Conversation

    @property
    def asks(self) -> bool:
        """Whether agents hear what is said."""
        return bool(self.conversation.agents)

    @property
    def conversation_id(self) -> ThreadId:
        return self.conversation.conversation_id

    @property
    def user_id(self) -> UserId:
        return self.guest.user_id

    @property
    def participant(self) -> ParticipantId:
        return human(self.guest.user_id)

    @property
    def speaker(self) -> Speaker:
        return Speaker(self.guest.user_id, self.guest.name)
