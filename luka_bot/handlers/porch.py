"""Where those stand who aren't let in: what they are told, and how admins hear of them."""

from html import escape

import structlog
from aiogram.types import CallbackQuery, Message, TelegramObject

from luka_bot.delivery.courier import Courier
from luka_bot.delivery.failures import DeliveryError
from luka_bot.delivery.target import Target
from luka_bot.handlers.admin import person_card
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.recently import Recently
from luka_bot.locales import Words
from luka_bot.locales.failures import refusal
from luka_bot.models.audit import Event
from luka_bot.models.people_errors import NotLetIn
from luka_bot.models.person import Access, Person, Standing, Visitor
from luka_bot.services.admin_group import AdminGroup
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.people import Applied, PeopleStore

log = structlog.get_logger(__name__)


class Porch:
    """words: the admins' group's. recently: for what needn't be said to each of many messages."""

    def __init__(
        self,
        courier: Courier,
        people: PeopleStore,
        audit: AuditLog,
        group: AdminGroup,
        words: Words,
        recently: Recently,
    ) -> None:
        self._courier = courier
        self._people = people
        self._audit = audit
        self._group = group
        self._words = words
        self._recently = recently

    async def turn_away(
        self, event: TelegramObject, asker: Asker, visitor: Visitor, error: NotLetIn
    ) -> None:
        """Whatever they write in private while they wait is for the admins to read."""
        if isinstance(event, CallbackQuery):
            await self._courier.toast(event.id, refusal(asker.words, error), alert=True)
        elif asker.target.is_group:
            await self._say_in_group(asker, error)
        elif error.standing is Standing.BANNED or error.access is not Access.APPROVAL:
            await self._say(asker, refusal(asker.words, error))
        elif isinstance(event, Message):
            await self._knock(asker, visitor, _words_of(event), f"m{event.message_id}")

    async def _knock(self, asker: Asker, visitor: Visitor, line: str, request: str) -> None:
        """Somebody asks to get in. request: a second run of it is the same knock."""
        how, person = await self._people.apply(visitor, line, request)
        match how:
            case Applied.NEW:
                await self._audit.note(Event.APPLIED, visitor.user_id, visitor.name)
                await self._show_card(asker, person)
                await self._courier.send_html(asker.target, asker.words.html("porch.asked"))
            case Applied.MORE:
                await self._show_card(asker, person)
                await self._say(asker, asker.words("porch.passed_on"))
            case Applied.WAITING:
                await self._say(asker, asker.words("porch.waiting"))
            case Applied.EARLY:
                await self._say(asker, asker.words("porch.early"))

    async def _show_card(self, asker: Asker, person: Person) -> None:
        """In the admins' group; that it can't be shown there is the operator's to mend."""
        group = self._group.chat_id
        if group is None:
            return
        target = Target(group, account=asker.target.account)
        html = person_card.application(self._words, person)
        keyboard = person_card.keyboard(self._words, person)
        try:
            if person.card is None:
                card = await self._courier.send_html(target, html, keyboard)
                await self._people.update(person.user_id, card=str(card))
            else:
                await self._courier.edit_html(target, person.card, html, keyboard)
        except DeliveryError as error:
            log.warning("porch.card_undelivered", error=type(error).__name__)

    async def _say_in_group(self, asker: Asker, error: NotLetIn) -> None:
        if error.standing is Standing.BANNED or error.access is Access.CLOSED:
            await self._say(asker, refusal(asker.words, error))
        else:
            await self._say(asker, asker.words("porch.in_private", name=asker.name))

    async def _say(self, asker: Asker, sentence: str) -> None:
        if not self._recently.told(asker.target.chat_id, sentence):
            await self._courier.send_html(asker.target, escape(sentence, quote=False))


def _words_of(message: Message) -> str:
    """A command says nothing of whoever sends it."""
    text = message.text or message.caption or ""
    return "" if text.startswith("/") else text
