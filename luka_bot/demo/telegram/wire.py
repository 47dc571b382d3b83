"""Our records as Bot API JSON."""

from luka_bot.demo.telegram.json_types import Json
from luka_bot.demo.telegram.records import Account, Chat, Post, Tap
from luka_bot.demo.telegram.world import World


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
        return {"id": chat.id, "type": chat.kind, "title": chat.title}
    person = world.accounts[chat.members[0]]
    shown: Json = {"id": chat.id, "type": "private", "first_name": person.name}
    if person.username:
        shown["username"] = person.username
    return shown


def message_json(world: World, post: Post, *, with_reply: bool = True) -> Json:
    chat = world.chats[post.chat_id]
    message: Json = {
        "message_id": post.message_id,
        "from": user_json(world.accounts[post.sender]),
        "chat": chat_json(world, chat),
        "date": post.date,
    }
    if post.edit_date is not None:
        message["edit_date"] = post.edit_date
    if with_reply and post.reply_to is not None and (replied := chat.posts.get(post.reply_to)):
        message["reply_to_message"] = message_json(world, replied, with_reply=False)
    _add_content(message, post)
    if post.keyboard:
        message["reply_markup"] = {"inline_keyboard": post.keyboard}
    return message


def _add_content(message: Json, post: Post) -> None:
    text, entities = "text", "entities"
    if post.attachment is not None:
        message[post.attachment.kind] = post.attachment.payload
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


def member_json(account: Account, status: str) -> Json:
    member: Json = {"user": user_json(account), "status": status}
    if status == "kicked":
        member["until_date"] = 0
    if status == "creator":
        member["is_anonymous"] = False
    if status == "administrator":
        member.update(dict.fromkeys(RIGHTS, True), is_anonymous=False, can_be_edited=False)
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
    "can_send_welcome_messages",
)
