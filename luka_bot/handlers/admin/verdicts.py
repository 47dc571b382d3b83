"""What follows a decision about somebody: their cards say so, and they are told."""

import structlog

from luka_bot.delivery.accounts import Account
from luka_bot.delivery.courier import Courier
from luka_bot.delivery.failures import DeliveryError
from luka_bot.delivery.target import Target
from luka_bot.handlers.admin import person_card
from luka_bot.handlers.admin.callbacks import Verb
from luka_bot.handlers.admin.desk import Applications, Desk
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.languages import Languages
from luka_bot.models.ids import ChatId
from luka_bot.services.people_service import Decided

_TOLD = {
    Verb.APPROVE: "porch.let_in",
    Verb.REJECT: "porch.rejected",
    Verb.BAN: "porch.banned",
    Verb.UNBAN: "porch.unbanned",
}

log = structlog.get_logger(__name__)


class Verdicts:
    def __init__(
        self, courier: Courier, desk: Desk, applications: Applications, languages: Languages
    ) -> None:
        self._courier = courier
        self._desk = desk
        self._applications = applications
        self._languages = languages

    async def on_application(self, asker: Asker, verb: Verb, decided: Decided) -> None:
        """Tapped on the card of somebody who asked to get in."""
        words, person = asker.words, decided.person
        html, keyboard = person_card.application(words, person), person_card.keyboard(words, person)
        await self._courier.edit_html(asker.target, asker.message_id, html, keyboard)
        await self._tell(verb, decided, asker.target.account)

    async def in_list(self, asker: Asker, verb: Verb, decided: Decided, at: str) -> None:
        """Tapped on somebody's card in the list of people."""
        await self._desk.person(asker, decided.person.user_id, at, over=asker.message_id)
        await self._elsewhere(asker, verb, decided)

    async def by_command(self, asker: Asker, verb: Verb, decided: Decided, at: str) -> None:
        news = said(asker, verb, decided)
        if decided.already:
            name = person_card.shown_name(decided.person)
            news = asker.words("users.unchanged", name=name)
        await self._desk.person(asker, decided.person.user_id, at, news=news)
        await self._elsewhere(asker, verb, decided)

    async def on_page(self, verb: Verb, decided: Decided) -> None:
        """Decided on the admin page; a card in the group says so too."""
        if not decided.already:
            await self._applications.settle(decided.person, None)
        await self._tell(verb, decided, None)

    async def _elsewhere(self, asker: Asker, verb: Verb, decided: Decided) -> None:
        if not decided.already:
            await self._applications.settle(decided.person, asker.target.account)
        await self._tell(verb, decided, asker.target.account)

    async def _tell(self, verb: Verb, decided: Decided, account: Account | None) -> None:
        """The person, in their language. Whoever can't be reached finds out when they write."""
        if decided.already or decided.person.is_local:
            return
        person = decided.person
        words = self._languages.of(person.user_id, person.shown_language)
        target = Target(ChatId(person.user_id), account=account)
        try:
            await self._courier.send_html(target, words.html(_TOLD[verb], name=person.name))
        except DeliveryError as error:
            log.info("verdicts.person_not_told", error=type(error).__name__)


def said(asker: Asker, verb: Verb, decided: Decided) -> str:
    """What was done, for the admin who did it; plain text."""
    person = decided.person
    name = person_card.shown_name(person)
    if not decided.already:
        return asker.words(f"person.done.{verb.value}", name=name)
    if not person.decided_by:
        return asker.words("users.unchanged", name=name)
    return asker.words("person.already", name=name, by=person.decided_by)
