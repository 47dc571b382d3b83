"""What a person sees in a chat, for asserts."""

from dataclasses import dataclass

from luka_bot.demo.telegram.json_types import Json
from luka_bot.demo.telegram.records import Chat, Post
from luka_bot.demo.telegram.world import World
from luka_bot.models.ids import ChatId, MessageId, UserId


@dataclass(frozen=True, slots=True)
class ShownButton:
    text: str
    data: str | None = None
    url: str | None = None
    web_app: str | None = None


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
    """How often the text became another one."""
    file_name: str | None = None
    content: bytes | None = None
    reactions: tuple[str, ...] = ()
    service: str | None = None
    silent: bool = False
    """It came without a sound."""
    topic: int | None = None
    album: str | None = None
    """The same for all files that were sent at once."""

    @property
    def buttons(self) -> list[str]:
        return [button.text for row in self.keyboard for button in row]


def shown_messages(world: World, chat: Chat) -> list[ShownMessage]:
    ordered = sorted(chat.posts.values(), key=lambda post: post.message_id)
    return [_shown(world, chat, post) for post in ordered]


def as_screen(world: World, chat: Chat) -> str:
    """All that is visible, as lines for an error message."""
    lines = [f"chat {chat.id} ({chat.title}):"]
    for message in shown_messages(world, chat):
        lines.append(
            f"  [{message.message_id}] {message.sender}: {message.text or message.service}"
        )
        lines.extend(f"      {' | '.join(b.text for b in row)}" for row in message.keyboard)
    return "\n".join(lines)


def _shown(world: World, chat: Chat, post: Post) -> ShownMessage:
    account = world.accounts[post.sender]
    file_id = post.attachment.file_id if post.attachment else None
    file = world.files.get(file_id) if file_id else None
    return ShownMessage(
        message_id=post.message_id,
        chat_id=post.chat_id,
        sender_id=post.sender,
        sender=chat.title if post.anonymous else account.name,
        is_bot=account.is_bot,
        text=post.body.text,
        entities=tuple(entity.json() for entity in post.body.entities),
        keyboard=tuple(tuple(map(_button, row)) for row in post.keyboard or []),
        reply_to=post.reply_to,
        edits=len(chat.versions[post.message_id]) - 1,
        file_name=file.name if file else None,
        content=file.content if file else None,
        reactions=post.reactions,
        service=post.service,
        silent=post.silent,
        topic=post.topic,
        album=post.attachment.album if post.attachment else None,
    )


def _button(button: Json) -> ShownButton:
    app = button.get("web_app")
    url = app.get("url") if isinstance(app, dict) else None
    data, link, text = button.get("callback_data"), button.get("url"), str(button["text"])
    return ShownButton(text, _words(data), _words(link), _words(url))


def _words(value: object) -> str | None:
    return None if value is None else str(value)
