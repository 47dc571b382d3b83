"""/users: who there is, what is known of each, and what can be done about it."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from luka_bot.delivery.courier import Courier
from luka_bot.handlers.admin import callbacks as tap
from luka_bot.handlers.admin import people_view, person_card
from luka_bot.handlers.admin.desk import Desk
from luka_bot.handlers.admin.here import in_admin_group
from luka_bot.handlers.admin.list_place import ListPlace
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.handlers.screen import Screen
from luka_bot.models.rights import Action
from luka_bot.services.people_service import PeopleService


def routes() -> Router:
    router = Router(name="users")
    router.message.filter(in_admin_group)
    router.message.register(show_people, Command("users"), flags=does(Action.SEE_PEOPLE))
    query = router.callback_query
    query.register(turn_list, tap.PeopleAt.filter(), flags=does(Action.SEE_PEOPLE))
    query.register(show_person, tap.PersonShow.filter(), flags=does(Action.SEE_PEOPLE))
    query.register(give_role, tap.PersonGiveRole.filter(), flags=does(Action.DECIDE_PEOPLE))
    query.register(show_limits, tap.PersonLimits.filter(), flags=does(Action.LIMIT_PEOPLE))
    query.register(ask_erase, tap.PersonErase.filter(), flags=does(Action.ERASE_PEOPLE))
    query.register(erase, tap.PersonEraseYes.filter(), flags=does(Action.ERASE_PEOPLE))
    return router


async def show_people(_: Message, command: CommandObject, asker: Asker, desk: Desk) -> None:
    await desk.people(asker, ListPlace.search(command.args or ""))


async def turn_list(
    query: CallbackQuery, callback_data: tap.PeopleAt, asker: Asker, courier: Courier, desk: Desk
) -> None:
    await desk.people(asker, ListPlace.unpack(callback_data.at), over=asker.message_id)
    await courier.toast(query.id)


async def show_person(
    query: CallbackQuery, callback_data: tap.PersonShow, asker: Asker, courier: Courier, desk: Desk
) -> None:
    await desk.person(asker, callback_data.id, callback_data.at, over=asker.message_id)
    await courier.toast(query.id)


async def give_role(
    query: CallbackQuery,
    callback_data: tap.PersonGiveRole,
    asker: Asker,
    people: PeopleService,
    courier: Courier,
    desk: Desk,
) -> None:
    role = callback_data.role
    person = await people.give_role(role, callback_data.id, asker.user_id, asker.name)
    await desk.person(asker, person.user_id, callback_data.at, over=asker.message_id)
    name = person_card.shown_name(person)
    await courier.toast(query.id, asker.words(f"users.made.{role.value}", name=name))


async def show_limits(
    query: CallbackQuery,
    callback_data: tap.PersonLimits,
    asker: Asker,
    people: PeopleService,
    screen: Screen,
) -> None:
    person = (await people.profile(callback_data.id)).person
    html = asker.words.html(
        "users.how_to_limit",
        name=person_card.shown_name(person),
        who=people_view.reference(person),
    )
    keyboard = people_view.back_to_person(asker.words, person, callback_data.at)
    await screen.turn_into(query, asker, html, keyboard)


async def ask_erase(
    query: CallbackQuery,
    callback_data: tap.PersonErase,
    asker: Asker,
    people: PeopleService,
    screen: Screen,
) -> None:
    person = (await people.profile(callback_data.id)).person
    html = asker.words.html("users.ask_erase", name=person_card.shown_name(person))
    keyboard = people_view.confirm_erase(asker.words, person, callback_data.at)
    await screen.turn_into(query, asker, html, keyboard)


async def erase(
    query: CallbackQuery,
    callback_data: tap.PersonEraseYes,
    asker: Asker,
    people: PeopleService,
    screen: Screen,
) -> None:
    person = await people.erase(callback_data.id, asker.user_id, asker.name)
    html = asker.words.html("users.erased", name=person_card.shown_name(person))
    keyboard = people_view.back_to_list(asker.words, callback_data.at)
    await screen.turn_into(query, asker, html, keyboard)
