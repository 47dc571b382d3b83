"""A conversation: a thread in which several people and agents speak.

Its id is its thread's id. A thread becomes one when somebody else joins, a group is bound to it, or
a socket opens.
"""

from dataclasses import dataclass
from enum import StrEnum

from luka_bot.models.ids import ChatId, MessageId, ParticipantId, ThreadId, TopicId, UserId
from luka_bot.models.participant import Door, ParticipantInfo, ParticipantType
from luka_bot.models.thread import ThreadKind

CONTENT_LIMIT = 10_000  # characters of a message
MESSAGE_ID_LIMIT = 64  # characters of a client's message id
DM_LIMIT = 20  # people who take part by direct messages: each copy is a call to Telegram


class MessageType(StrEnum):
    TEXT = "text"
    SYSTEM = "system"  # who came, who left; content is JSON: {"event": "join", "name": "Anna"}
    NLWEB_RESPONSE = "nlweb_response"  # an agent's answer
    JOB = "job"
    ERROR = "error"


class MessageStatus(StrEnum):
    STORED = "stored"
    REDACTED = "redacted"  # the content is gone, the number stays


class Policy(StrEnum):
    """When an agent speaks in a conversation of several people."""

    MENTION = "mention"  # mentioned, named, or replied to
    SMART = "smart"  # also when it thinks that it is asked
    ALWAYS = "always"
    QUIET = "quiet"  # never; it listens


class InputMode(StrEnum):
    SINGLE = "single"
    MULTI = "multi"

    @property
    def seconds(self) -> float:
        """For how long what is said belongs to one question."""
        return 0.1 if self is InputMode.SINGLE else 2.0


@dataclass(frozen=True, slots=True)
class Conversation:
    """chat_id, topic_id: of the Telegram group it is bound to. epoch: another one, another log.

    policy None: mention in a group, smart elsewhere.
    """

    conversation_id: ThreadId
    name: str
    owner: UserId
    kind: ThreadKind
    epoch: str
    current_sequence_id: int = 0
    participants: tuple[ParticipantInfo, ...] = ()
    policy: Policy | None = None
    chat_id: ChatId | None = None
    topic_id: TopicId | None = None

    @property
    def active_participants(self) -> frozenset[ParticipantId]:
        return frozenset(one.id for one in self.participants)

    @property
    def humans(self) -> tuple[ParticipantInfo, ...]:
        return tuple(one for one in self.participants if one.is_human)

    @property
    def agents(self) -> tuple[ParticipantInfo, ...]:
        return tuple(one for one in self.participants if one.is_agent)

    @property
    def input_mode(self) -> InputMode:
        """Single for one person with one agent at most; else multi."""
        many = len(self.humans) > 1 or len(self.participants) > 2
        return InputMode.MULTI if many else InputMode.SINGLE

    @property
    def dm_chats(self) -> tuple[ChatId, ...]:
        """Direct messages that get what is said, in the order in which people joined."""
        return tuple(ChatId(one.user_id) for one in self.humans if Door.DM in one.doors)

    def participant(self, participant: ParticipantId) -> ParticipantInfo | None:
        return next((one for one in self.participants if one.id == participant), None)


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """What the log holds. timestamp: seconds since the epoch, for people; order is sequence_id.

    hops: how many agents spoke in a row before and with it; 0 for a person's.
    """

    message_id: str
    conversation_id: ThreadId
    sequence_id: int
    sender_id: ParticipantId
    sender_name: str
    sender_type: ParticipantType
    content: str
    timestamp: float
    message_type: MessageType = MessageType.TEXT
    status: MessageStatus = MessageStatus.STORED
    reply_to: int | None = None
    hops: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """A message before it has its number.

    message_id: at most 64 characters, unique for its sender; a second one is a duplicate.
    origin, stands: the Telegram chat where it stands already, and its messages there; that chat
    gets no copy. asks: the agents are asked. ends: the agent's work that this is the result of.
    """

    conversation_id: ThreadId
    message_id: str
    sender_id: ParticipantId
    sender_name: str
    content: str
    timestamp: float
    message_type: MessageType = MessageType.TEXT
    reply_to: int | None = None
    hops: int = 0
    origin: ChatId | None = None
    stands: tuple[MessageId, ...] = ()
    asks: bool = True
    ends: "Work | None" = None


class WorkKind(StrEnum):
    AGENT = "a"
    POST = "t"  # to be brought to a Telegram chat
    ERASE = "d"  # to be taken out of a Telegram chat


@dataclass(frozen=True, slots=True)
class Work:
    """What a conversation still owes. name: an agent's name, or a chat's number."""

    kind: WorkKind
    sequence_id: int
    name: str

    @property
    def key(self) -> str:
        """As it is stored: `a:5:luka`, `t:5:-100200`."""
        return f"{self.kind.value}:{self.sequence_id}:{self.name}"

    @classmethod
    def from_key(cls, key: str) -> "Work":
        kind, sequence_id, name = key.split(":", 2)
        return cls(WorkKind(kind), int(sequence_id), name)


@dataclass(frozen=True, slots=True)
class Stored:
    """message: of a duplicate, as it was stored first. cancelled: agents' work that gave way.

    depth: outstanding work with this message's own.
    """

    message: ChatMessage
    duplicate: bool = False
    cancelled: tuple[Work, ...] = ()
    depth: int = 0


@dataclass(frozen=True, slots=True)
class MessagePage:
    """In order. reset: what was asked for is no longer there in one piece, so that these are the
    last ones instead."""

    messages: tuple[ChatMessage, ...]
    current_sequence_id: int
    epoch: str
    reset: bool = False


@dataclass(frozen=True, slots=True)
class Joined:
    """message: that somebody came, with its number; None if they were in already."""

    conversation: Conversation
    message: ChatMessage | None


@dataclass(frozen=True, slots=True)
class Membership:
    """A conversation as one of its people has it. said_at: when something was said last, seconds
    since the epoch. spoke: the number of their own last word, 0 for none."""

    conversation: Conversation
    said_at: float
    spoke: int = 0


@dataclass(frozen=True, slots=True)
class ConversationInvite:
    """uses: how many may still join by it. expires_at: seconds since the epoch. key: what it is
    known by to who manages it; nobody can join by that."""

    key: str
    conversation_id: ThreadId
    made_by: UserId
    uses: int
    expires_at: float


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a message of a conversation stands in a Telegram chat."""

    conversation_id: ThreadId
    sequence_id: int
