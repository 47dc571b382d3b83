"""What an admin is told who gave a command more than it knows what to do with."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from luka_bot.handlers.admin.here import in_admin_group
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.handlers.screen import Screen
from luka_bot.models.rights import Action

TAKE_NOTHING = ("queue", "health", "config", "dead")


def routes() -> Router:
    """To be asked before these commands' own."""
    router = Router(name="usage")
    router.message.filter(in_admin_group)
    command = Command(*TAKE_NOTHING)
    router.message.register(tell, command, takes_words, flags=does(Action.SEE_HEALTH))
    return router


def takes_words(_: Message, command: CommandObject) -> bool:
    """A filter."""
    return bool(command.args)


async def tell(_: Message, command: CommandObject, asker: Asker, screen: Screen) -> None:
    words = asker.words
    what = words(f"commands.{command.command}")
    await screen.show(asker, words.html("usage.alone", command=command.command, what=what))
