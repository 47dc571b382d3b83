"""The button beside the composer of a person's chat with the bot."""

from luka_bot.demo.telegram.happenings import ProfileChanged
from luka_bot.demo.telegram.json_types import Json
from luka_bot.demo.telegram.keyboards import checked_web_app
from luka_bot.demo.telegram.methods.addressing import chat_of
from luka_bot.demo.telegram.params import Params
from luka_bot.demo.telegram.records import Chat
from luka_bot.demo.telegram.refusal import BadRequest
from luka_bot.demo.telegram.registry import method
from luka_bot.demo.telegram.world import World


@method("setChatMenuButton")
def set_chat_menu_button(world: World, params: Params) -> object:
    chat = _private_chat(world, params)
    button = _checked(params.mapping("menu_button"))
    where = chat.id if chat else None
    if button["type"] == "default":
        world.menu_buttons.pop(where, None)
    else:
        world.menu_buttons[where] = button
    world.tell(ProfileChanged())
    return True


@method("getChatMenuButton")
def get_chat_menu_button(world: World, params: Params) -> object:
    chat = _private_chat(world, params)
    if chat is None:
        return world.menu_buttons.get(None, {"type": "commands"})
    return world.menu_buttons.get(chat.id, {"type": "default"})


def _private_chat(world: World, params: Params) -> Chat | None:
    if not params.has("chat_id"):
        return None
    chat = chat_of(world, params)
    if not chat.is_private:
        raise BadRequest("chat not found")
    return chat


def _checked(button: Json) -> Json:
    match button:
        case {} if not button:
            return {"type": "default"}
        case {"type": "commands" | "default" as kind}:
            return {"type": kind}
        case {"type": "web_app", "text": str(text), "web_app": app} if text:
            return {"type": "web_app", "text": text, "web_app": checked_web_app(app)}
        case _:
            raise BadRequest("can't parse menu button")
