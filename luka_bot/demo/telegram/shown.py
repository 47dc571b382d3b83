"""What a person sees in a chat, for asserts."""

from dataclasses import dataclass

from luka_bot.demo.telegram.json_types import Json
from luka_bot.models.ids import ChatId, MessageId, UserId


@dataclass(frozen=True, slots=True)
class ShownButton:
    text: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ShownMessage:
    message_id: MessageId
    chat_id: ChatId
    sender_id: UserId
    sender: str
    is_bot: bool
    text: str
    """The text, or the caption of a file."""
    entities: tuple[Json, ...] = ()
    keyboard: tuple[tuple[ShownButton, ...], ...] = ()
    reply_to: MessageId | None = None
    edits: int = 0
    file_name: str | None = None
    content: bytes | None = None
    reactions: tuple[str, ...] = ()
    service: str | None = None

    @property
    def buttons(self) -> list[str]:
        return [button.text for row in self.keyboard for button in row]
