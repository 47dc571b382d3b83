"""Topics of a forum: opened, renamed, closed, deleted, each with Telegram's service line."""

from dataclasses import replace

from luka_bot.demo.telegram.audience import bot_hears
from luka_bot.demo.telegram.happenings import ChatsChanged
from luka_bot.demo.telegram.records import Attachment, Body, Chat, Post, Topic
from luka_bot.demo.telegram.wire import message_json
from luka_bot.demo.telegram.world import World
from luka_bot.models.ids import UserId

COLORS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)
LONGEST_NAME = 128


def open_topic(world: World, by: UserId, chat: Chat, name: str, color: int = COLORS[0]) -> Topic:
    number = world.new_message_id(chat)
    topic = Topic(number, name, color)
    chat.topics[topic.id] = topic
    created = Attachment("forum_topic_created", {"name": name, "icon_color": color})
    _tell(world, by, chat, Post(number, chat.id, by, 0, Body(""), attachment=created), topic)
    return topic


def rename_topic(world: World, by: UserId, chat: Chat, topic: int, name: str) -> None:
    known = chat.topics[topic] = replace(chat.topics[topic], name=name)
    _say(world, by, chat, known, Attachment("forum_topic_edited", {"name": name}))


def close_topic(world: World, by: UserId, chat: Chat, topic: int, *, closed: bool = True) -> None:
    known = chat.topics[topic] = replace(chat.topics[topic], closed=closed)
    kind = "forum_topic_closed" if closed else "forum_topic_reopened"
    _say(world, by, chat, known, Attachment(kind, {}))


def delete_topic(world: World, chat: Chat, topic: int) -> None:
    """With all that was said in it; no update tells of it."""
    del chat.topics[topic]
    world.delete(chat, [one.message_id for one in chat.posts.values() if one.topic == topic])
    world.tell(ChatsChanged())


def _say(world: World, by: UserId, chat: Chat, topic: Topic, what: Attachment) -> None:
    number = world.new_message_id(chat)
    _tell(world, by, chat, Post(number, chat.id, by, 0, Body(""), attachment=what), topic)


def _tell(world: World, by: UserId, chat: Chat, post: Post, topic: Topic) -> None:
    """The bot hears of what it did itself, too."""
    verb = post.attachment.kind.removeprefix("forum_topic_") if post.attachment else ""
    words = f"{world.accounts[by].name} {verb} the topic “{topic.name}”"
    line = replace(post, date=int(world.clock()), topic=topic.id, service=words)
    world.tell(ChatsChanged())
    world.keep(line)
    if bot_hears(world, chat, line):
        world.updates.put("message", message_json(world, line))
