"""What somebody says in a conversation, before it is a message."""

from dataclasses import dataclass

from luka_bot.models.conversation import Conversation
from luka_bot.models.ids import ChatId, MessageId, ThreadId, UserId
from luka_bot.models.participant import Door


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody whom a door has recognised."""

    user_id: UserId
    name: str


@dataclass(frozen=True, slots=True)
class Saying:
    """message_id: the client's, or `tg:{chat}:{message}` of Telegram's. reply_to: a number of the
    conversation. origin, stands: as in Draft. asks: agents may answer. when: seconds since the
    epoch, None for now."""

    conversation_id: ThreadId
    speaker: Speaker
    message_id: str
    content: str
    door: Door
    reply_to: int | None = None
    origin: ChatId | None = None
    stands: tuple[MessageId, ...] = ()
    asks: bool = True
    when: float | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A thread as its people see it in a list. conversation None: nobody else was ever in it.

    own_sequence_id: of their own last word, whatever door it came by; who speaks has read what
    stands before it. updated_at: seconds since the epoch."""

    conversation_id: ThreadId
    name: str
    owner: UserId
    participant_count: int
    current_sequence_id: int
    own_sequence_id: int
    updated_at: float
    conversation: Conversation | None = None
