"""The bot's menu of commands, and what its profile says."""

import re

from luka_bot.demo.telegram.json_types import Json
from luka_bot.demo.telegram.params import Params
from luka_bot.demo.telegram.refusal import BadRequest
from luka_bot.demo.telegram.registry import method
from luka_bot.demo.telegram.world import CommandKey, World

NAME = re.compile(r"/?[a-z0-9_]{1,32}")
LONGEST_DESCRIPTION = 256
MOST = 100
SCOPES = frozenset(
    {
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    }
)


@method("setMyCommands")
def set_my_commands(world: World, params: Params) -> object:
    commands = params.items("commands")
    if len(commands) > MOST:
        raise BadRequest("BOT_COMMANDS_TOO_MUCH")
    world.set_commands(_key(params), [_checked(one) for one in commands])
    return True


@method("getMyCommands")
def get_my_commands(world: World, params: Params) -> object:
    return world.commands.get(_key(params), [])


@method("deleteMyCommands")
def delete_my_commands(world: World, params: Params) -> object:
    world.set_commands(_key(params), [])
    return True


@method("setMyDescription")
def set_my_description(world: World, params: Params) -> object:
    return _describe(world, params, "description", 512)


@method("setMyShortDescription")
def set_my_short_description(world: World, params: Params) -> object:
    return _describe(world, params, "short_description", 120)


@method("getMyDescription")
def get_my_description(world: World, params: Params) -> object:
    key = ("description", params.text("language_code") or "")
    return {"description": world.descriptions.get(key, "")}


@method("getMyShortDescription")
def get_my_short_description(world: World, params: Params) -> object:
    key = ("short_description", params.text("language_code") or "")
    return {"short_description": world.descriptions.get(key, "")}


def _describe(world: World, params: Params, name: str, longest: int) -> bool:
    text = params.text(name) or ""
    if len(text) > longest:
        raise BadRequest(f"bot {name.replace('_', ' ')} is too long")
    world.describe(name, params.text("language_code") or "", text)
    return True


def _key(params: Params) -> CommandKey:
    scope = params.mapping("scope")
    kind = str(scope.get("type", "default"))
    if kind not in SCOPES:
        raise BadRequest("can't parse BotCommandScope: Unsupported type specified")
    language = params.text("language_code") or ""
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise BadRequest("invalid language code specified")
    return kind, _number(scope, "chat_id"), _number(scope, "user_id"), language


def _number(scope: Json, name: str) -> int | None:
    value = scope.get(name)
    return int(value) if isinstance(value, int | str) and str(value).strip("-").isdigit() else None


def _checked(raw: object) -> Json:
    match raw:
        case {"command": str(name), "description": str(description)}:
            pass
        case _:
            raise BadRequest("can't parse BotCommand: command and description are needed")
    if not NAME.fullmatch(name):
        raise BadRequest("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= LONGEST_DESCRIPTION:
        raise BadRequest("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name.removeprefix("/"), "description": description}
