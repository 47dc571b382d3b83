"""Our records as Bot API JSON."""

from luka_bot.demo.telegram.json_types import Json
from luka_bot.demo.telegram.records import Account, Chat, Post, Tap
from luka_bot.demo.telegram.world import World
from luka_bot.models.ids import MessageId

GROUP_ANONYMOUS_BOT = 1087968824


def user_json(account: Account) -> Json:
    user: Json = {"id": account.id, "is_bot": account.is_bot, "first_name": account.name}
    if account.username:
        user["username"] = account.username
    if account.language:
        user["language_code"] = account.language
    return user


def me_json(world: World) -> Json:
    return {
        **user_json(world.bot),
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy_mode,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
    }


def chat_json(world: World, chat: Chat) -> Json:
    if not chat.is_private:
        shown: Json = {"id": chat.id, "type": chat.kind, "title": chat.title}
        return shown | {"is_forum": True} if chat.is_forum else shown
    person = world.accounts[chat.members[0]]
    shown = {"id": chat.id, "type": "private", "first_name": person.name}
    if person.username:
        shown["username"] = person.username
    return shown


def message_json(world: World, post: Post, *, with_reply: bool = True) -> Json:
    chat = world.chats[post.chat_id]
    message: Json = {
        "message_id": post.message_id,
        **_sender(world, chat, post),
        "chat": chat_json(world, chat),
        "date": post.date,
    }
    if post.topic is not None:
        message |= {"message_thread_id": post.topic, "is_topic_message": True}
    if post.edit_date is not None:
        message["edit_date"] = post.edit_date
    if with_reply and (replied := _replied(chat, post)):
        message["reply_to_message"] = message_json(world, replied, with_reply=False)
    _add_content(message, post)
    if post.keyboard:
        message["reply_markup"] = {"inline_keyboard": post.keyboard}
    return message


def _sender(world: World, chat: Chat, post: Post) -> Json:
    if not post.anonymous:
        return {"from": user_json(world.accounts[post.sender])}
    stand_in = {
        "id": GROUP_ANONYMOUS_BOT,
        "is_bot": True,
        "first_name": "Group",
        "username": "GroupAnonymousBot",
    }
    return {"from": stand_in, "sender_chat": chat_json(world, chat)}


def _replied(chat: Chat, post: Post) -> Post | None:
    """In a topic, what replies to nothing replies to the line that opened the topic."""
    number = post.reply_to or MessageId(post.topic or 0)
    return chat.posts.get(number) if number != post.message_id else None


def _add_content(message: Json, post: Post) -> None:
    text, entities = "text", "entities"
    if post.attachment is not None:
        message[post.attachment.kind] = post.attachment.payload
        if post.attachment.album:
            message["media_group_id"] = post.attachment.album
        text, entities = "caption", "caption_entities"
    if post.body.text:
        message[text] = post.body.text
    if post.body.entities:
        message[entities] = [entity.json() for entity in post.body.entities]


def callback_json(world: World, tap: Tap, post: Post | None, message_id: int, data: str) -> Json:
    chat = world.chats[tap.chat_id]
    gone: Json = {"chat": chat_json(world, chat), "message_id": message_id, "date": 0}
    return {
        "id": tap.id,
        "from": user_json(world.accounts[tap.person]),
        "message": message_json(world, post) if post else gone,
        "chat_instance": str(7_000_000_000 + chat.id),
        "data": data,
    }


def member_json(account: Account, status: str, *, anonymous: bool = False) -> Json:
    member: Json = {"user": user_json(account), "status": status}
    if status == "kicked":
        member["until_date"] = 0
    if status == "creator":
        member["is_anonymous"] = anonymous
    if status == "administrator":
        member.update(dict.fromkeys(RIGHTS, True), is_anonymous=anonymous, can_be_edited=False)
    return member


RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
    "can_send_welcome_messages",
)
