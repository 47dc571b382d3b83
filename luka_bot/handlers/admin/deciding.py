"""Approve, Reject, Ban: whoever decides first has decided, and the person is told at once."""

import structlog
from aiogram import Router
from aiogram.types import CallbackQuery

from luka_bot.delivery.courier import Courier
from luka_bot.delivery.failures import DeliveryError
from luka_bot.delivery.target import Target
from luka_bot.handlers.admin import person_card
from luka_bot.handlers.admin.callbacks import PersonDecide, Verb
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.handlers.languages import Languages
from luka_bot.models.ids import ChatId
from luka_bot.models.person import Person
from luka_bot.models.rights import Action
from luka_bot.services.people_service import Decided, PeopleService

log = structlog.get_logger(__name__)

_TOLD = {
    Verb.APPROVE: "porch.let_in",
    Verb.REJECT: "porch.rejected",
    Verb.BAN: "porch.banned",
    Verb.UNBAN: "porch.unbanned",
}


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
    languages: Languages,
) -> None:
    verb = callback_data.verb
    decided = await people.decide(verb.value, callback_data.id, asker.user_id, asker.name, query.id)
    await courier.toast(query.id, _toast(asker, verb, decided))
    words, person = asker.words, decided.person
    html, keyboard = person_card.application(words, person), person_card.keyboard(words, person)
    await courier.edit_html(asker.target, asker.message_id, html, keyboard)
    if not decided.already:
        await tell(asker, verb, person, courier, languages)


async def tell(
    asker: Asker, verb: Verb, person: Person, courier: Courier, languages: Languages
) -> None:
    """The person, in their language. Whoever can't be reached finds out when they write."""
    words = languages.of(person.user_id, person.shown_language)
    target = Target(ChatId(person.user_id), account=asker.target.account)
    try:
        await courier.send_html(target, words.html(_TOLD[verb], name=person.name))
    except DeliveryError as error:
        log.info("deciding.person_not_told", error=type(error).__name__)


def _toast(asker: Asker, verb: Verb, decided: Decided) -> str:
    name = person_card.shown_name(decided.person)
    if decided.already:
        return asker.words("person.already", name=name, by=decided.person.decided_by)
    return asker.words(f"person.done.{verb.value}", name=name)
