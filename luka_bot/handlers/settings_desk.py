"""Where settings are shown and chosen, in one message that changes in place."""

from aiogram.types import CallbackQuery

from luka_bot.delivery.courier import Courier
from luka_bot.handlers import settings_card
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.languages import Languages
from luka_bot.models.ids import MessageId
from luka_bot.models.person import Choice, Person
from luka_bot.services.access import AccessService
from luka_bot.services.choices import Choices


class SettingsDesk:
    def __init__(
        self, courier: Courier, choices: Choices, access: AccessService, languages: Languages
    ) -> None:
        self._courier = courier
        self._choices = choices
        self._access = access
        self._languages = languages

    async def show(self, asker: Asker, person: Person) -> None:
        if not person.is_known:
            await self._courier.send_html(asker.target, asker.words.html("settings.stranger"))
            return
        await self._draw(asker, person, over=None)

    async def turn(
        self, query: CallbackQuery, asker: Asker, person: Person, *, zones: bool
    ) -> None:
        await self._courier.toast(query.id)
        await self._draw(asker, person, over=asker.message_id, zones=zones)

    async def choose(
        self,
        asker: Asker,
        person: Person,
        choice: Choice,
        value: str,
        query: CallbackQuery | None = None,
    ) -> None:
        """In the language that they have chosen by then. query: the tap, if it was one. Raises
        ZoneUnknown."""
        if not person.is_known:
            await self._refuse(asker, query)
            return
        chosen = await self._choices.choose(person.user_id, choice, value)
        self._languages.learn(chosen.user_id, chosen.preferences.language)
        words = self._languages.of(chosen.user_id, person.language)
        asker = asker.known(words, chosen.preferences)
        if query is None:
            await self._draw(asker, chosen, over=None)
            return
        await self._courier.toast(query.id, words("settings.chosen"))
        await self._draw(asker, chosen, over=asker.message_id)

    async def _refuse(self, asker: Asker, query: CallbackQuery | None) -> None:
        if query is None:
            await self._courier.send_html(asker.target, asker.words.html("settings.stranger"))
        else:
            await self._courier.toast(query.id, asker.words("settings.stranger"), alert=True)

    async def _draw(
        self, asker: Asker, person: Person, *, over: MessageId | None, zones: bool = False
    ) -> None:
        words, chosen = asker.words, person.preferences
        if zones:
            text, keyboard = words.html("settings.zone"), settings_card.zones(words, chosen)
        else:
            text = settings_card.text(words, chosen, self._access.zone_of(person))
            keyboard = settings_card.keyboard(words, chosen)
        if over is None:
            await self._courier.send_html(asker.target, text, keyboard)
        else:
            await self._courier.edit_html(asker.target, over, text, keyboard)
