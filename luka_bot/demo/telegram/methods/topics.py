"""Topics as far as a bot may arrange them: in forums, as an administrator."""

from luka_bot.demo.telegram import topics
from luka_bot.demo.telegram.methods.addressing import chat_of, refuse_if_shut
from luka_bot.demo.telegram.params import Params
from luka_bot.demo.telegram.records import Chat, Topic
from luka_bot.demo.telegram.refusal import BadRequest
from luka_bot.demo.telegram.registry import method
from luka_bot.demo.telegram.world import World


@method("createForumTopic")
def create_forum_topic(world: World, params: Params) -> object:
    chat = _forum(world, params)
    name = params.text("name") or ""
    if not 1 <= len(name) <= topics.LONGEST_NAME:
        raise BadRequest("TOPIC_TITLE_EMPTY" if not name else "TOPIC_TITLE_TOO_LONG")
    color = params.number("icon_color") or topics.COLORS[0]
    if color not in topics.COLORS:
        raise BadRequest("TOPIC_ICON_COLOR_INVALID")
    world.flood.send(chat.id)  # its service line is a message like any other
    topic = topics.open_topic(world, world.bot.id, chat, name, color)
    return {"message_thread_id": topic.id, "name": topic.name, "icon_color": topic.color}


@method("editForumTopic")
def edit_forum_topic(world: World, params: Params) -> object:
    chat, topic = _topic(world, params)
    name = params.text("name") or topic.name
    if name == topic.name:
        raise BadRequest("TOPIC_NOT_MODIFIED")
    topics.rename_topic(world, world.bot.id, chat, topic.id, name[: topics.LONGEST_NAME])
    return True


@method("closeForumTopic")
def close_forum_topic(world: World, params: Params) -> object:
    return _set_closed(world, params, closed=True)


@method("reopenForumTopic")
def reopen_forum_topic(world: World, params: Params) -> object:
    return _set_closed(world, params, closed=False)


@method("deleteForumTopic")
def delete_forum_topic(world: World, params: Params) -> object:
    chat, topic = _topic(world, params)
    topics.delete_topic(world, chat, topic.id)
    return True


def _set_closed(world: World, params: Params, *, closed: bool) -> bool:
    chat, topic = _topic(world, params)
    if topic.closed == closed:
        raise BadRequest("TOPIC_NOT_MODIFIED")
    topics.close_topic(world, world.bot.id, chat, topic.id, closed=closed)
    return True


def _forum(world: World, params: Params) -> Chat:
    chat = chat_of(world, params)
    refuse_if_shut(chat)
    if not chat.is_forum:
        raise BadRequest("the chat is not a forum")
    if chat.bot_status != "administrator":
        raise BadRequest("not enough rights to manage topics")
    return chat


def _topic(world: World, params: Params) -> tuple[Chat, Topic]:
    chat = _forum(world, params)
    topic = chat.topics.get(params.number("message_thread_id") or 0)
    if topic is None:
        raise BadRequest("message thread not found")
    return chat, topic
