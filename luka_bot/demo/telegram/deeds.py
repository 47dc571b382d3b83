"""What people do in their chats, and the updates the bot gets of it."""

from dataclasses import replace

from luka_bot.demo.telegram import utf16
from luka_bot.demo.telegram.audience import bot_hears
from luka_bot.demo.telegram.body import LONGEST_TEXT, typed
from luka_bot.demo.telegram.records import Attachment, Body, Chat, Post, Spot, Tap
from luka_bot.demo.telegram.wire import callback_json, message_json
from luka_bot.demo.telegram.world import World
from luka_bot.models.ids import ChatId, MessageId, UserId

NOWHERE = Spot()


class CannotDo(Exception):
    """A person's app wouldn't let them do this; the words say why."""


def chat_for(world: World, person_id: int, chat_id: int | None) -> Chat:
    """The chat if this person is in it, by default their chat with the bot."""
    chat = world.chats.get(ChatId(person_id if chat_id is None else chat_id))
    if chat is None or person_id not in chat.members:
        raise CannotDo(f"{person_id} is in no chat {chat_id}")
    home = world.chats.get(ChatId(person_id))  # a bot has none
    if home is not None and home.deactivated:
        raise CannotDo(f"the account of {person_id} is deactivated")
    return chat


def write(world: World, person_id: UserId, chat: Chat, text: str, spot: Spot = NOWHERE) -> Post:
    """Texts are cut at nothing: a person's app splits long ones, we refuse them."""
    if not text.strip():
        raise CannotDo("a message can't be empty")
    if utf16.length(text.strip()) > LONGEST_TEXT:
        raise CannotDo(f"a message can't be longer than {LONGEST_TEXT} characters")
    return send(world, person_id, chat, typed(text.strip()), spot=spot)


def send(
    world: World,
    person_id: UserId,
    chat: Chat,
    body: Body,
    *,
    attachment: Attachment | None = None,
    spot: Spot = NOWHERE,
) -> Post:
    """A reply without a topic stands where the message does that it replies to."""
    if chat.is_private and chat.bot_status == "kicked":
        raise CannotDo(f"{chat.title} has blocked the bot")
    chat.started = True
    replied = chat.posts.get(MessageId(spot.reply_to or 0))
    topic = spot.topic or (replied.topic if replied else None)
    post = Post(
        message_id=world.new_message_id(chat),
        chat_id=chat.id,
        sender=person_id,
        date=int(world.clock()),
        body=body,
        reply_to=replied.message_id if replied else None,
        attachment=attachment,
        topic=_open_topic(chat, person_id, topic),
        anonymous=person_id in chat.anonymous,
    )
    world.keep(post)
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


def react(world: World, post: Post, emoji: tuple[str, ...]) -> Post:
    return world.keep(replace(post, reactions=emoji))


def _open_topic(chat: Chat, person_id: UserId, topic: int | None) -> int | None:
    if topic is None:
        return None
    known = chat.topics.get(topic)
    if known is None:
        raise CannotDo(f"{chat.title} has no topic {topic}")
    if known.closed and chat.status_of(person_id) == "member":
        raise CannotDo(f"the topic {known.name} is closed")
    return topic
