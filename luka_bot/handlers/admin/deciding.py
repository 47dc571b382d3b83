"""Approve, Reject, Ban: whoever decides first has decided, and the person is told at once."""

from aiogram import Router
from aiogram.types import CallbackQuery

from luka_bot.delivery.courier import Courier
from luka_bot.handlers.admin.callbacks import PersonDecide
from luka_bot.handlers.admin.verdicts import Verdicts, said
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.models.rights import Action
from luka_bot.services.people_service import PeopleService


def routes() -> Router:
    router = Router(name="deciding")
    router.callback_query.register(decide, PersonDecide.filter(), flags=does(Action.DECIDE_PEOPLE))
    return router


async def decide(
    query: CallbackQuery,
    callback_data: PersonDecide,
    asker: Asker,
    people: PeopleService,
    courier: Courier,
    verdicts: Verdicts,
) -> None:
    verb, at = callback_data.verb, callback_data.at
    decided = await people.decide(verb.value, callback_data.id, asker.user_id, asker.name, query.id)
    await courier.toast(query.id, said(asker, verb, decided))
    if at:
        await verdicts.in_list(asker, verb, decided, at)
    else:
        await verdicts.on_application(asker, verb, decided)
