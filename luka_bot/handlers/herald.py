"""News about a conversation for those who aren't in it any more."""

import structlog

from luka_bot.delivery.accounts import Account
from luka_bot.delivery.courier import Courier
from luka_bot.delivery.failures import DeliveryError
from luka_bot.delivery.target import Target
from luka_bot.handlers.languages import Languages
from luka_bot.locales import Words
from luka_bot.models.farewell import Ending, Farewell
from luka_bot.models.ids import ChatId, UserId
from luka_bot.storage.bridged import Bridged
from luka_bot.storage.people import PeopleStore

_BY = {Ending.DELETED: "sharing.closed_by", Ending.CLEARED: "sharing.cleared_by"}

log = structlog.get_logger(__name__)


class Herald:
    """Tells those whom something concerns in private, each in their language; whoever can't be
    reached finds out when they come."""

    def __init__(
        self, courier: Courier, people: PeopleStore, languages: Languages, bridged: Bridged
    ) -> None:
        self._courier = courier
        self._people = people
        self._languages = languages
        self._bridged = bridged

    async def farewell(self, farewell: Farewell) -> None:
        """Once, also after a crash."""
        chat_id, name, by = farewell.chat_id, farewell.name, farewell.by_name
        words = await self._words_of(UserId(chat_id))
        letter = await self._bridged.farewell(farewell.conversation_id, chat_id, farewell.epoch)
        key = _BY.get(farewell.how) if by else None
        if key is None:
            await self._tell(chat_id, words.html("sharing.closed", name=name), letter)
        else:
            await self._tell(chat_id, words.html(key, name=name, by=by), letter)

    async def removed(self, name: str, who: UserId, account: Account | None) -> None:
        words = await self._words_of(who)
        await self._tell(ChatId(who), words.html("sharing.you_removed", name=name), account)

    async def _words_of(self, user_id: UserId) -> Words:
        person = await self._people.get(user_id)
        return self._languages.of(user_id, person.shown_language)

    async def _tell(self, chat_id: ChatId, html: str, account: Account | None) -> None:
        try:
            await self._courier.send_html(Target(chat_id, account=account), html)
        except DeliveryError as error:
            log.info("herald.not_told", error=type(error).__name__)
