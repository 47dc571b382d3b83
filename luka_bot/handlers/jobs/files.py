"""/files: what lies in one's folder, to fetch and to delete."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from luka_bot.delivery.courier import Courier
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.handlers.jobs import taps
from luka_bot.handlers.jobs.shelf import Shelf
from luka_bot.handlers.screen import Screen
from luka_bot.models.person import Person
from luka_bot.models.rights import Action


def routes() -> Router:
    router = Router(name="files")
    does_it = does(Action.FILES)
    router.message.register(show_files, Command("files"), flags=does_it)
    query = router.callback_query
    query.register(turn_page, taps.FilesAt.filter(), flags=does_it)
    query.register(show_file, taps.FileShow.filter(), flags=does_it)
    query.register(fetch, taps.FileFetch.filter(), flags=does_it)
    query.register(ask_delete, taps.FileDelete.filter(), flags=does_it)
    query.register(delete, taps.FileDeleteYes.filter(), flags=does_it)
    return router


async def show_files(
    _: Message, asker: Asker, person: Person, job_shelf: Shelf, screen: Screen
) -> None:
    if asker.target.is_group:
        await screen.show(asker, asker.words.html("jobs.in_private", name=asker.name))
        return
    await screen.show(asker, *await job_shelf.listed(asker.words, person))


async def turn_page(
    query: CallbackQuery,
    callback_data: taps.FilesAt,
    asker: Asker,
    person: Person,
    job_shelf: Shelf,
    screen: Screen,
) -> None:
    """Of whoever taps, like everything here."""
    section, offset = callback_data.section, callback_data.offset
    shown = await job_shelf.listed(asker.words, person, section, offset)
    await screen.turn_into(query, asker, *shown)


async def show_file(
    query: CallbackQuery,
    callback_data: taps.FileShow,
    asker: Asker,
    person: Person,
    job_shelf: Shelf,
    screen: Screen,
) -> None:
    shown = await job_shelf.one(asker.words, person, callback_data.key)
    await screen.turn_into(query, asker, *shown)


async def fetch(
    query: CallbackQuery,
    callback_data: taps.FileFetch,
    asker: Asker,
    person: Person,
    job_shelf: Shelf,
    courier: Courier,
) -> None:
    found = await job_shelf.find(person, callback_data.key)
    await courier.toast(query.id)
    await job_shelf.send(asker, person, found)


async def ask_delete(
    query: CallbackQuery,
    callback_data: taps.FileDelete,
    asker: Asker,
    person: Person,
    job_shelf: Shelf,
    screen: Screen,
) -> None:
    shown = await job_shelf.sure(asker.words, person, callback_data.key)
    await screen.turn_into(query, asker, *shown)


async def delete(
    query: CallbackQuery,
    callback_data: taps.FileDeleteYes,
    asker: Asker,
    person: Person,
    job_shelf: Shelf,
    screen: Screen,
) -> None:
    section, name = await job_shelf.delete(person, callback_data.key)
    html, keyboard = await job_shelf.listed(asker.words, person, section)
    html = asker.words.html("files.deleted", name=name) + "\n\n" + html
    await screen.turn_into(query, asker, html, keyboard)
