"""Whom a call is meant for: chats, replies, messages, and the refusals on the way there."""

from luka_bot.demo.telegram.params import Params
from luka_bot.demo.telegram.records import Chat, Post
from luka_bot.demo.telegram.refusal import BadRequest, Forbidden, Refusal
from luka_bot.demo.telegram.world import World
from luka_bot.models.ids import ChatId, MessageId

MIGRATED = "Bad Request: group chat was upgraded to a supergroup chat"


def chat_of(world: World, params: Params) -> Chat:
    if not params.has("chat_id"):
        raise BadRequest("chat_id is empty")
    chat_id = params.values["chat_id"]
    chat = world.chats.get(ChatId(chat_id)) if isinstance(chat_id, int) else None
    if chat is None:
        raise BadRequest("chat not found")
    if chat.migrated_to is not None:
        raise Refusal(400, MIGRATED, {"migrate_to_chat_id": chat.migrated_to})
    return chat


def writable_chat(world: World, params: Params) -> Chat:
    chat = chat_of(world, params)
    refuse_if_shut(chat)
    topic_of(chat, params)
    return chat


def topic_of(chat: Chat, params: Params) -> int | None:
    """None without one: General of a forum, which must not be named."""
    number = params.number("message_thread_id")
    if not number:
        return None
    topic = chat.topics.get(number)
    if topic is None:
        raise BadRequest("message thread not found")
    if topic.closed and chat.bot_status != "administrator":
        raise BadRequest("TOPIC_CLOSED")
    return number


def refuse_if_shut(chat: Chat) -> None:
    if chat.is_private:
        if chat.deactivated:
            raise Forbidden("user is deactivated")
        if chat.bot_status == "kicked":
            raise Forbidden("bot was blocked by the user")
        if not chat.started:
            raise Forbidden("bot can't initiate conversation with a user")
        return
    if chat.bot_status == "kicked":
        raise Forbidden(f"bot was kicked from the {chat.kind} chat")
    if chat.bot_status == "left":
        raise Forbidden(f"bot is not a member of the {chat.kind} chat")


def reply_of(chat: Chat, params: Params) -> MessageId | None:
    reply = params.mapping("reply_parameters")
    wanted = reply.get("message_id", params.number("reply_to_message_id"))
    if not isinstance(wanted, int) or not wanted:
        return None
    if MessageId(wanted) in chat.posts:
        return MessageId(wanted)
    lenient = reply.get("allow_sending_without_reply") is True
    if lenient or params.flag("allow_sending_without_reply"):
        return None
    raise BadRequest("message to be replied not found")


def post_of(chat: Chat, params: Params, purpose: str) -> Post:
    """BadRequest `message to … not found`."""
    post = chat.posts.get(MessageId(params.number("message_id") or 0))
    if post is None:
        raise BadRequest(f"message to {purpose} not found")
    return post
