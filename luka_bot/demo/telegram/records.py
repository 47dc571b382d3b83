"""What our Telegram keeps: accounts, chats, posts, files, taps."""

from dataclasses import dataclass, field

from luka_bot.demo.telegram.json_types import Json
from luka_bot.models.ids import ChatId, MessageId, UserId

Keyboard = list[list[Json]]


@dataclass(frozen=True, slots=True)
class Account:
    id: UserId
    name: str
    username: str | None = None
    language: str | None = None
    is_bot: bool = False
    is_admin: bool = False
    """The demo's admin; Telegram itself knows no such thing."""


@dataclass(frozen=True, slots=True)
class Entity:
    """Offsets and lengths count UTF-16 units."""

    kind: str
    offset: int
    length: int
    extra: Json = field(default_factory=dict)

    @property
    def end(self) -> int:
        return self.offset + self.length

    def json(self) -> Json:
        return {"type": self.kind, "offset": self.offset, "length": self.length, **self.extra}


@dataclass(frozen=True, slots=True)
class Body:
    text: str
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """`payload` is what stands under `kind` in Bot API JSON."""

    kind: str
    payload: object
    file_id: str | None = None
    album: str | None = None
    """What all files sent at once have in common."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    id: str
    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ForceReply:
    """The bot asks for an answer to its message; a selective one only of whom it addresses."""

    placeholder: str
    selective: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a chat something is said."""

    reply_to: int | None = None
    topic: int | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """Of a forum. Its id is the number of the service line that opened it."""

    id: int
    name: str
    color: int
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    message_id: MessageId
    chat_id: ChatId
    sender: UserId
    date: int
    body: Body
    keyboard: Keyboard | None = None
    reply_to: MessageId | None = None
    attachment: Attachment | None = None
    edit_date: int | None = None
    reactions: tuple[str, ...] = ()
    force_reply: ForceReply | None = None
    silent: bool = False
    """It came without a sound."""
    service: str | None = None
    """The words of a service line; the attachment then holds its field."""
    topic: int | None = None
    """None: General, or no forum at all."""
    anonymous: bool = False
    """Said in the group's name."""


@dataclass(frozen=True, slots=True)
class Tap:
    """A callback query. `at` is wall clock."""

    id: str
    person: UserId
    chat_id: ChatId
    at: float


@dataclass(frozen=True, slots=True)
class Toast:
    person: UserId
    query_id: str
    text: str
    alert: bool


@dataclass(slots=True)
class Chat:
    id: ChatId
    kind: str
    title: str
    members: list[UserId]
    bot_status: str = "member"
    """As in ChatMember: member, administrator, left, kicked (also: blocked by the person)."""
    started: bool = True
    deactivated: bool = False
    """The person's account is gone."""
    migrated_to: ChatId | None = None
    """The supergroup that this basic group became."""
    administrators: set[UserId] = field(default_factory=set)
    """Beside the creator, who is the first member, and the bot."""
    anonymous: set[UserId] = field(default_factory=set)
    """Administrators who speak in the group's name."""
    all_heard: bool = True
    """Whether privacy mode was off when the bot came in: a change counts from its next coming."""
    is_forum: bool = False
    topics: dict[int, Topic] = field(default_factory=dict)
    posts: dict[MessageId, Post] = field(default_factory=dict)
    versions: dict[MessageId, list[str]] = field(default_factory=dict)
    drafts: list[str] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)

    @property
    def is_private(self) -> bool:
        return self.kind == "private"

    def status_of(self, person: UserId) -> str:
        """As in ChatMember, of anyone but the bot."""
        if person not in self.members:
            return "left"
        if self.is_private or person != self.members[0]:
            return "administrator" if person in self.administrators else "member"
        return "creator"
