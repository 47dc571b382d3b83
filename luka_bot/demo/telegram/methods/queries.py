"""Answers to taps on buttons."""

from luka_bot.demo.telegram.params import Params
from luka_bot.demo.telegram.refusal import BadRequest
from luka_bot.demo.telegram.registry import method
from luka_bot.demo.telegram.updates import KEPT_TAP
from luka_bot.demo.telegram.world import World

LONGEST_TOAST = 200
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@method("answerCallbackQuery")
def answer_callback_query(world: World, params: Params) -> object:
    text = params.text("text") or ""
    if len(text) > LONGEST_TOAST:
        raise BadRequest("MESSAGE_TOO_LONG")
    tap = world.taps.get(params.text("callback_query_id") or "")
    if tap is None or world.clock() - tap.at > KEPT_TAP:
        raise BadRequest(TOO_OLD)
    world.toast(tap, text, alert=params.flag("show_alert"))
    return True
