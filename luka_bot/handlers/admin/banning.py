"""/ban and /unban."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from luka_bot.handlers.admin.callbacks import Verb
from luka_bot.handlers.admin.here import in_admin_group
from luka_bot.handlers.admin.list_place import ListPlace
from luka_bot.handlers.admin.naming import whom
from luka_bot.handlers.admin.verdicts import Verdicts
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.handlers.screen import Screen
from luka_bot.models.rights import Action
from luka_bot.services.people_service import PeopleService


def routes() -> Router:
    router = Router(name="banning")
    router.message.filter(in_admin_group)
    router.message.register(ban, Command("ban", "unban"), flags=does(Action.DECIDE_PEOPLE))
    return router


async def ban(
    message: Message,
    command: CommandObject,
    asker: Asker,
    people: PeopleService,
    verdicts: Verdicts,
    screen: Screen,
) -> None:
    named = await whom(message, people, (command.args or "").split())
    if named is None or named[1]:
        await screen.show(asker, asker.words.html("ban.usage"))
        return
    verb, request = Verb(command.command.lower()), f"m{message.message_id}"
    decided = await people.decide(verb.value, named[0], asker.user_id, asker.name, request)
    await verdicts.by_command(asker, verb, decided, ListPlace().pack())
