"""Messages that become others."""

from luka_bot.demo.telegram.body import composed_text
from luka_bot.demo.telegram.keyboards import checked_keyboard, refuse_web_apps
from luka_bot.demo.telegram.methods.addressing import chat_of, post_of, refuse_if_shut
from luka_bot.demo.telegram.params import Params
from luka_bot.demo.telegram.records import Body, Chat, Keyboard, Post
from luka_bot.demo.telegram.refusal import BadRequest
from luka_bot.demo.telegram.registry import method
from luka_bot.demo.telegram.wire import message_json
from luka_bot.demo.telegram.world import World

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)


@method("editMessageText")
def edit_message_text(world: World, params: Params) -> object:
    text, mode = params.text("text"), params.text("parse_mode")
    body = composed_text(text, mode, params.nested("entities"))
    keyboard = checked_keyboard(params.nested("reply_markup"), only_inline=True)
    chat, post = _own_post(world, params)
    if post.attachment is not None:
        raise BadRequest("there is no text in the message to edit")
    return _edited(world, chat, post, body, keyboard)


@method("editMessageReplyMarkup")
def edit_message_reply_markup(world: World, params: Params) -> object:
    keyboard = checked_keyboard(params.nested("reply_markup"), only_inline=True)
    chat, post = _own_post(world, params)
    return _edited(world, chat, post, post.body, keyboard)


def _own_post(world: World, params: Params) -> tuple[Chat, Post]:
    chat = chat_of(world, params)
    post = post_of(chat, params, "edit")
    if post.sender != world.bot.id:
        raise BadRequest("message can't be edited")
    refuse_if_shut(chat)
    return chat, post


def _edited(world: World, chat: Chat, post: Post, body: Body, keyboard: Keyboard | None) -> object:
    refuse_web_apps(chat, keyboard)
    world.flood.send(chat.id)
    if (body, keyboard) == (post.body, post.keyboard):
        raise BadRequest(NOT_MODIFIED)
    return message_json(world, world.edit(post, body, keyboard))
