"""What people do in their chats, and the updates the bot gets of it."""

from dataclasses import replace

from luka_bot.demo.telegram import utf16
from luka_bot.demo.telegram.body import LONGEST_TEXT, typed
from luka_bot.demo.telegram.json_types import Json
from luka_bot.demo.telegram.records import Attachment, Body, Chat, Post, Tap
from luka_bot.demo.telegram.wire import callback_json, message_json
from luka_bot.demo.telegram.world import World
from luka_bot.models.ids import ChatId, MessageId, UserId


class CannotDo(Exception):
    """A person's app wouldn't let them do this; the words say why."""


def chat_for(world: World, person_id: int, chat_id: int | None) -> Chat:
    """The chat if this person is in it, by default their chat with the bot."""
    chat = world.chats.get(ChatId(person_id if chat_id is None else chat_id))
    if chat is None or person_id not in chat.members:
        raise CannotDo(f"{person_id} is in no chat {chat_id}")
    if world.chats[ChatId(person_id)].deactivated:
        raise CannotDo(f"the account of {person_id} is deactivated")
    return chat


def write(
    world: World, person_id: UserId, chat: Chat, text: str, reply_to: int | None = None
) -> Post:
    """Texts are cut at nothing: a person's app splits long ones, we refuse them."""
    if not text.strip():
        raise CannotDo("a message can't be empty")
    if utf16.length(text.strip()) > LONGEST_TEXT:
        raise CannotDo(f"a message can't be longer than {LONGEST_TEXT} characters")
    return send(world, person_id, chat, typed(text.strip()), reply_to=reply_to)


def send(
    world: World,
    person_id: UserId,
    chat: Chat,
    body: Body,
    *,
    attachment: Attachment | None = None,
    reply_to: int | None = None,
) -> Post:
    if chat.is_private and chat.bot_status == "kicked":
        raise CannotDo(f"{chat.title} has blocked the bot")
    chat.started = True
    known = MessageId(reply_to) if reply_to in chat.posts else None
    post = world.add(chat, person_id, body, reply_to=known, attachment=attachment)
    if bot_hears(world, chat, post):
        world.updates.put("message", message_json(world, post))
    return post


def edit(world: World, person_id: UserId, chat: Chat, message_id: int, text: str) -> Post:
    post = chat.posts.get(MessageId(message_id))
    if post is None or post.sender != person_id:
        raise CannotDo(f"{message_id} is no message of {person_id}")
    if not text.strip():
        raise CannotDo("a message can't be empty")
    edited = world.edit(post, typed(text.strip()), None)
    if bot_hears(world, chat, edited):
        world.updates.put("edited_message", message_json(world, edited))
    return edited


def tap(world: World, person_id: UserId, chat: Chat, message_id: int, data: str) -> Tap:
    tapped = world.new_tap(person_id, chat)
    post = chat.posts.get(MessageId(message_id))
    world.updates.put("callback_query", callback_json(world, tapped, post, message_id, data))
    return tapped


def bot_hears(world: World, chat: Chat, post: Post) -> bool:
    """In groups, under privacy mode: commands, mentions, and replies to the bot."""
    if chat.is_private:
        return True
    if chat.bot_status in ("left", "kicked"):
        return False
    if not world.privacy_mode or chat.bot_status == "administrator" or post.service:
        return True
    replied = chat.posts.get(post.reply_to) if post.reply_to else None
    if replied is not None and replied.sender == world.bot.id:
        return True
    text = post.body.text.lower()
    return text.startswith("/") or f"@{world.bot.username}" in text


def attach(world: World, kind: str, name: str, content: bytes, mime: str | None) -> Attachment:
    """A file as people send it; `kind` is document, photo, voice, sticker or video."""
    file = world.store(name, content, mime)
    known: Json = {
        "file_id": file.id,
        "file_unique_id": f"u{file.id}",
        "file_size": len(content),
    }
    match kind:
        case "document":
            payload: object = {**known, "file_name": name, "mime_type": file.mime}
        case "photo":
            payload = [{**known, "width": 640, "height": 480}]
        case "voice":
            payload = {**known, "duration": 3, "mime_type": "audio/ogg"}
        case "video":
            payload = {
                **known,
                "width": 640,
                "height": 480,
                "duration": 5,
                "mime_type": "video/mp4",
            }
        case "sticker":
            flags = {"is_animated": False, "is_video": False, "emoji": "🙂"}
            payload = {**known, "type": "regular", "width": 512, "height": 512, **flags}
        case _:
            raise CannotDo(f"people can't send a {kind} here")
    return Attachment(kind, payload, file.id)


def react(world: World, post: Post, emoji: tuple[str, ...]) -> Post:
    return world.keep(replace(post, reactions=emoji))
