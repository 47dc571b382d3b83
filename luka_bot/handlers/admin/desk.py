"""What admins have before them: the list of people, one of them, and who asks to get in."""

import structlog

from luka_bot.delivery.accounts import Account
from luka_bot.delivery.courier import Courier
from luka_bot.delivery.failures import DeliveryError
from luka_bot.delivery.target import Target
from luka_bot.handlers.admin import people_view, person_card
from luka_bot.handlers.admin.list_place import PAGE, ListPlace
from luka_bot.handlers.asker import Asker
from luka_bot.locales import Words
from luka_bot.models.ids import MessageId, UserId
from luka_bot.models.person import Person
from luka_bot.services.admin_group import AdminGroup
from luka_bot.services.people_service import PeopleService
from luka_bot.storage.people import PeopleStore

log = structlog.get_logger(__name__)


class Applications:
    """The cards in the admins' group of those who ask to get in. words: the group's."""

    def __init__(
        self, courier: Courier, people: PeopleStore, group: AdminGroup, words: Words
    ) -> None:
        self._courier = courier
        self._people = people
        self._group = group
        self._words = words

    async def show(self, person: Person, account: Account | None) -> None:
        """As they stand now; that it can't be shown there is the operator's to mend."""
        group = self._group.chat_id
        if group is None:
            return
        target = Target(group, account=account)
        html = person_card.application(self._words, person)
        keyboard = person_card.keyboard(self._words, person)
        try:
            if person.card is None:
                card = await self._courier.send_html(target, html, keyboard)
                await self._people.update(person.user_id, card=str(card))
            else:
                await self._courier.edit_html(target, person.card, html, keyboard)
        except DeliveryError as error:
            log.warning("applications.undelivered", error=type(error).__name__)

    async def settle(self, person: Person, account: Account | None) -> None:
        """Where a card of theirs stands, decided elsewhere, it says so from now on."""
        if person.card is not None:
            await self.show(person, account)


class Desk:
    """Drawn over the message that was tapped, or as a new one."""

    def __init__(self, courier: Courier, people: PeopleService) -> None:
        self._courier = courier
        self._people = people

    async def people(
        self, asker: Asker, place: ListPlace, *, over: MessageId | None = None
    ) -> None:
        page = await self._people.page(place.query, place.standing, place.offset, PAGE)
        keyboard = people_view.list_keyboard(asker.words, page, place)
        await self._show(asker, people_view.listed(asker.words, page, place), over, keyboard)

    async def person(
        self,
        asker: Asker,
        user_id: UserId,
        at: str,
        *,
        over: MessageId | None = None,
        news: str = "",
    ) -> None:
        """at: where Back leads. news: what was just done, plain text."""
        profile = await self._people.profile(user_id)
        html = people_view.card(asker.words, profile)
        if news:
            html = asker.words.html("users.news", news=news) + "\n\n" + html
        keyboard = people_view.card_keyboard(asker.words, profile, at)
        await self._show(asker, html, over, keyboard)

    async def _show(
        self, asker: Asker, html: str, over: MessageId | None, keyboard: people_view.Keyboard
    ) -> None:
        if over is None:
            await self._courier.send_html(asker.target, html, keyboard)
        else:
            await self._courier.edit_html(asker.target, over, html, keyboard)
