"""Our records as the demo page's JSON."""

from luka_bot.demo.telegram.audience import asked_to_reply
from luka_bot.demo.telegram.happenings import (
    ActionShown,
    Called,
    ChatsChanged,
    Deleted,
    Edited,
    Happening,
    Posted,
    ProfileChanged,
    QueueMoved,
    Toasted,
)
from luka_bot.demo.telegram.json_types import Json
from luka_bot.demo.telegram.menus import menu_of
from luka_bot.demo.telegram.records import Account, Chat, Post, Toast
from luka_bot.demo.telegram.web_app import menu_button
from luka_bot.demo.telegram.world import World

LONGEST_QUOTE = 100


def state_json(world: World, model: str) -> Json:
    people = [one for one in world.accounts.values() if not one.is_bot]
    bot = world.bot
    return {
        "people": [_person_json(one) for one in people],
        "bot": {"id": bot.id, "name": bot.name, "username": bot.username},
        "bots": [
            {"id": one.id, "name": one.name}
            for one in world.accounts.values()
            if one.is_bot and one.id != bot.id
        ],
        "chats": _chats(world),
        "messages": {
            str(chat.id): [page_message(world, chat.posts[one]) for one in sorted(chat.posts)]
            for chat in world.chats.values()
        },
        **profile_json(world),
        "since": world.since,
        "model": model,
    }


def profile_json(world: World) -> Json:
    """By language: the bot's commands, and what it says of itself before Start was pressed."""
    languages = sorted({one.language for one in world.accounts.values() if one.language} | {"en"})
    return {
        "commands": {one: _commands(world, one) for one in languages},
        "descriptions": {one: _description(world, one) for one in languages},
        "menus": {str(chat.id): _menus(world, chat) for chat in world.chats.values()},
        "menu_apps": {
            str(chat.id): _app_button(menu_button(world, chat))
            for chat in world.chats.values()
            if chat.is_private
        },
    }


def page_message(world: World, post: Post) -> Json:
    document, photo = _files(world, post)
    return {
        "message_id": post.message_id,
        "chat_id": post.chat_id,
        "from": _sender(world, post),
        "date": post.date,
        "edited": post.edit_date is not None,
        "text": _visible_text(post),
        "entities": [entity.json() for entity in post.body.entities],
        "reply_to": _reply(world, post),
        "keyboard": [[_button(one) for one in row] for row in post.keyboard or []] or None,
        "document": document,
        "photo": photo,
        "service": post.service,
        "silent": post.silent,
        "topic": post.topic,
        "force_reply": _force_reply(world, post),
    }


def page_event(world: World, happening: Happening) -> Json | None:
    """None for what the page doesn't show."""
    event: Json | None = None
    match happening:
        case Posted(post):
            event = {"event": "message", "message": page_message(world, post)}
        case Edited(post):
            event = {"event": "edited", "message": page_message(world, post)}
        case Deleted(chat_id, message_ids):
            event = {"event": "deleted", "chat_id": chat_id, "message_ids": list(message_ids)}
        case ActionShown(chat_id, action):
            event = {"event": "typing", "chat_id": chat_id, "action": action}
        case Toasted(toast):
            event = _toast_event(toast)
        case ProfileChanged() | ChatsChanged():
            event = _surroundings_event(world, happening)
        case Called(method, ok, harmless) if method != "getUpdates":
            event = {"event": "call", "method": method, "ok": ok, "harmless": harmless}
        case Called() | QueueMoved():
            pass
    return event


def _surroundings_event(world: World, happening: ProfileChanged | ChatsChanged) -> Json:
    match happening:
        case ProfileChanged():
            return {"event": "profile", **profile_json(world)}
        case ChatsChanged():
            return {"event": "chats", "chats": _chats(world), **profile_json(world)}


def _toast_event(toast: Toast) -> Json:
    return {
        "event": "toast",
        "person_id": toast.person,
        "query_id": toast.query_id,
        "text": toast.text,
        "alert": toast.alert,
    }


def _person_json(account: Account) -> Json:
    return {
        "id": account.id,
        "name": account.name,
        "username": account.username,
        "language": account.language,
        "is_admin": account.is_admin,
    }


def _chats(world: World) -> list[Json]:
    """A group that has become another one is that other one."""
    return [_chat_json(world, chat) for chat in world.chats.values() if not chat.migrated_to]


def _chat_json(world: World, chat: Chat) -> Json:
    shown: Json = {"id": chat.id, "type": chat.kind, "members": list(chat.members)}
    if chat.is_private:
        return shown | {"title": world.bot.name, "person_id": chat.members[0]}
    return shown | {
        "title": chat.title,
        "administrators": sorted(chat.administrators),
        "is_forum": chat.is_forum,
        "topics": [
            {"id": one.id, "name": one.name, "closed": one.closed} for one in chat.topics.values()
        ],
    }


def _sender(world: World, post: Post) -> Json:
    account, chat = world.accounts[post.sender], world.chats[post.chat_id]
    name = chat.title if post.anonymous else account.name
    return {"id": account.id, "name": name, "is_bot": account.is_bot}


def _menus(world: World, chat: Chat) -> Json:
    """By person, in that person's language."""
    people = [world.accounts[one] for one in chat.members]
    return {str(one.id): menu_of(world, chat, one) for one in people if not one.is_bot}


def _app_button(button: Json) -> Json | None:
    return _button(button) if "web_app" in button else None


def _description(world: World, language: str) -> str:
    said = world.descriptions
    return said.get(("description", language)) or said.get(("description", ""), "")


def _commands(world: World, language: str) -> list[Json]:
    """Of the narrowest scope there is for all private chats, as Telegram looks it up."""
    for scope in ("all_private_chats", "default"):
        for code in (language, ""):
            if found := world.commands.get((scope, None, None, code)):
                return found
    return []


def _visible_text(post: Post) -> str:
    """Kinds of message that the page can't draw are named."""
    names = {
        "voice": "🎤 Voice message",
        "sticker": "🙂 Sticker",
        "video": "🎬 Video",
        "location": "📍 Location",
        "contact": "👤 Contact",
    }
    if post.body.text or post.attachment is None:
        return post.body.text
    return names.get(post.attachment.kind, "")


def _reply(world: World, post: Post) -> Json | None:
    if post.reply_to is None:
        return None
    replied = world.chats[post.chat_id].posts.get(post.reply_to)
    if replied is None:
        return None
    return {
        "message_id": replied.message_id,
        "from_name": world.accounts[replied.sender].name,
        "text": _visible_text(replied)[:LONGEST_QUOTE],
    }


def _force_reply(world: World, post: Post) -> Json | None:
    if post.force_reply is None:
        return None
    return {
        "placeholder": post.force_reply.placeholder,
        "people": asked_to_reply(world, post),
    }


def _button(button: Json) -> Json:
    if isinstance(app := button.get("web_app"), dict):
        return {"text": button["text"], "web_app": app["url"]}
    if "url" in button:
        return {"text": button["text"], "url": button["url"]}
    return {"text": button["text"], "data": button.get("callback_data", "")}


def _files(world: World, post: Post) -> tuple[Json | None, Json | None]:
    """The document and the photo; at most one is there."""
    attachment = post.attachment
    if attachment is None or attachment.file_id is None:
        return None, None
    file = world.files[attachment.file_id]
    url = f"/demo/files/{file.id}"
    match attachment.kind:
        case "document":
            return {"file_name": file.name, "size": len(file.content), "url": url}, None
        case "photo":
            return None, {"url": url}
        case _:
            return None, None
