"""What changes in our Telegram, told to whoever listens: waiting tests and the page."""

from dataclasses import dataclass

from luka_bot.demo.telegram.records import Post, Toast
from luka_bot.models.ids import ChatId, MessageId


@dataclass(frozen=True, slots=True)
class Posted:
    post: Post


@dataclass(frozen=True, slots=True)
class Edited:
    post: Post


@dataclass(frozen=True, slots=True)
class Deleted:
    chat_id: ChatId
    message_ids: tuple[MessageId, ...]


@dataclass(frozen=True, slots=True)
class ActionShown:
    chat_id: ChatId
    action: str


@dataclass(frozen=True, slots=True)
class Toasted:
    toast: Toast


@dataclass(frozen=True, slots=True)
class ProfileChanged:
    """The bot's commands, or what it says of itself."""


@dataclass(frozen=True, slots=True)
class ChatsChanged:
    """Which groups there are, or who is in them."""


@dataclass(frozen=True, slots=True)
class Called:
    method: str
    ok: bool
    harmless: bool = False
    """Refused only since nothing would have changed."""
    door: int = 0
    """The port it came in by."""
    message_id: MessageId | None = None
    """What it made or changed, also where the caller never hears of it."""
    heard: bool = True
    """False: the connection was cut instead of an answer."""


@dataclass(frozen=True, slots=True)
class QueueMoved:
    """An update was queued or confirmed."""


Happening = (
    Posted
    | Edited
    | Deleted
    | ActionShown
    | Toasted
    | ProfileChanged
    | ChatsChanged
    | Called
    | QueueMoved
)
