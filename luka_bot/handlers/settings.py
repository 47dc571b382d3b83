"""/settings: how somebody likes it; each choice counts from the next word on."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from luka_bot.handlers.asker import Asker
from luka_bot.handlers.callbacks import Choose, SettingsPage
from luka_bot.handlers.doing import does
from luka_bot.handlers.screen import Screen
from luka_bot.handlers.settings_card import UNSET
from luka_bot.handlers.settings_desk import SettingsDesk
from luka_bot.models.person import Choice, Person
from luka_bot.models.rights import Action


def routes() -> Router:
    router = Router(name="settings")
    flags, command = does(Action.SETTINGS), Command("settings")
    in_group = F.chat.type != ChatType.PRIVATE
    router.message.register(refer_to_private, command, in_group, flags=flags)
    router.message.register(choose_zone, Command("settings", magic=F.args), flags=flags)
    router.message.register(show_settings, command, flags=flags)
    router.callback_query.register(turn_page, SettingsPage.filter(), flags=flags)
    router.callback_query.register(choose, Choose.filter(), flags=flags)
    return router


async def refer_to_private(_: Message, asker: Asker, screen: Screen) -> None:
    await screen.show(asker, asker.words.html("settings.in_private", name=asker.name))


async def show_settings(
    _: Message, asker: Asker, person: Person, settings_desk: SettingsDesk
) -> None:
    await settings_desk.show(asker, person)


async def choose_zone(
    _: Message, command: CommandObject, asker: Asker, person: Person, settings_desk: SettingsDesk
) -> None:
    """`/settings zone Europe/Berlin`: most zones have no button."""
    zone = (command.args or "").strip()
    if zone.lower().startswith("zone "):
        zone = zone[len("zone ") :]
    await settings_desk.choose(asker, person, Choice.TIME_ZONE, zone)


async def turn_page(
    query: CallbackQuery,
    callback_data: SettingsPage,
    asker: Asker,
    person: Person,
    settings_desk: SettingsDesk,
) -> None:
    await settings_desk.turn(query, asker, person, zones=callback_data.zones)


async def choose(
    query: CallbackQuery,
    callback_data: Choose,
    asker: Asker,
    person: Person,
    settings_desk: SettingsDesk,
) -> None:
    value = "" if callback_data.value == UNSET else callback_data.value
    await settings_desk.choose(asker, person, callback_data.name, value, query=query)
