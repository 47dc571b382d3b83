"""Messages that weren't there before, and their end."""

from luka_bot.demo.telegram.body import composed_text
from luka_bot.demo.telegram.keyboards import checked_keyboard, force_reply_in, refuse_web_apps
from luka_bot.demo.telegram.methods.addressing import (
    chat_of,
    post_of,
    refuse_if_shut,
    reply_of,
    topic_of,
    writable_chat,
)
from luka_bot.demo.telegram.params import Params
from luka_bot.demo.telegram.records import Chat, Post
from luka_bot.demo.telegram.refusal import BadRequest
from luka_bot.demo.telegram.registry import method
from luka_bot.demo.telegram.wire import message_json
from luka_bot.demo.telegram.world import World
from luka_bot.models.ids import MessageId

GENERAL = 1  # the topic of a forum that chat actions may name, and messages may not
TWO_DAYS = 48 * 3600  # s; older messages stay for ever
ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


@method("sendMessage")
def send_message(world: World, params: Params) -> object:
    text, mode = params.text("text"), params.text("parse_mode")
    body = composed_text(text, mode, params.nested("entities"))
    markup = params.nested("reply_markup")
    keyboard = checked_keyboard(markup)
    chat = writable_chat(world, params)
    refuse_web_apps(chat, keyboard)
    reply_to = reply_of(chat, params)
    world.flood.send(chat.id)
    post = Post(
        message_id=world.new_message_id(chat),
        chat_id=chat.id,
        sender=world.bot.id,
        date=int(world.clock()),
        body=body,
        keyboard=keyboard,
        reply_to=reply_to,
        force_reply=force_reply_in(markup),
        topic=topic_of(chat, params),
        silent=params.flag("disable_notification"),
    )
    return message_json(world, world.keep(post))


@method("deleteMessage")
def delete_message(world: World, params: Params) -> object:
    chat = chat_of(world, params)
    post = post_of(chat, params, "delete")
    if not _may_delete(world, chat, post):
        raise BadRequest("message can't be deleted")
    world.delete(chat, [post.message_id])
    return True


@method("deleteMessages")
def delete_messages(world: World, params: Params) -> object:
    """Those that can't be found or deleted are passed over, as Telegram does."""
    chat = chat_of(world, params)
    wanted = params.items("message_ids")
    if not 1 <= len(wanted) <= 100:
        raise BadRequest("message identifiers are not specified" if not wanted else "too many")
    if not all(isinstance(one, int) for one in wanted):
        raise BadRequest("message identifier is invalid")
    posts = [chat.posts.get(MessageId(one)) for one in wanted if isinstance(one, int)]
    world.delete(chat, [one.message_id for one in posts if one and _may_delete(world, chat, one)])
    return True


@method("sendChatAction")
def send_chat_action(world: World, params: Params) -> object:
    action = params.text("action") or ""
    if action not in ACTIONS:
        raise BadRequest("wrong parameter action in request")
    chat = chat_of(world, params)
    refuse_if_shut(chat)
    if not (chat.is_forum and params.number("message_thread_id") == GENERAL):
        topic_of(chat, params)
    world.flood.draft(chat.id)
    world.show_action(chat, action)
    return True


def _may_delete(world: World, chat: Chat, post: Post) -> bool:
    if world.clock() - post.date > TWO_DAYS:
        return False
    own = post.sender == world.bot.id
    return own or chat.is_private or chat.bot_status == "administrator"
