"""Drafts: a preview for half a minute, in private chats alone."""

from luka_bot.demo.telegram import utf16
from luka_bot.demo.telegram.body import LONGEST_TEXT, composed
from luka_bot.demo.telegram.methods.addressing import writable_chat
from luka_bot.demo.telegram.params import Params
from luka_bot.demo.telegram.refusal import BadRequest
from luka_bot.demo.telegram.registry import method
from luka_bot.demo.telegram.world import World


@method("sendMessageDraft")
def send_message_draft(world: World, params: Params) -> object:
    mode, entities = params.text("parse_mode"), params.nested("entities")
    body = composed(params.text("text") or "", mode, entities)
    if utf16.length(body.text) > LONGEST_TEXT:
        raise BadRequest("message is too long")
    if not params.number("draft_id"):
        raise BadRequest("draft_id must be non-zero")
    chat = writable_chat(world, params)
    if not chat.is_private:
        raise BadRequest("TEXTDRAFT_PEER_INVALID")
    world.flood.draft(chat.id)
    world.show_draft(chat, body.text)
    return True
