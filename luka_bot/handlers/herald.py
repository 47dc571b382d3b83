"""News about a conversation for those who aren't in it any more."""

import structlog

from luka_bot.delivery.accounts import Account
from luka_bot.delivery.courier import Courier
from luka_bot.delivery.failures import DeliveryError
from luka_bot.delivery.target import Target
from luka_bot.handlers.languages import Languages
from luka_bot.locales import Words
from luka_bot.models.conversation import Conversation
from luka_bot.models.ids import ChatId, UserId
from luka_bot.services.conversations.saying import Speaker
from luka_bot.storage.people import PeopleStore

log = structlog.get_logger(__name__)


class Herald:
    """Tells those whom something concerns in private, each in their language; whoever can't be
    reached finds out when they come."""

    def __init__(self, courier: Courier, people: PeopleStore, languages: Languages) -> None:
        self._courier = courier
        self._people = people
        self._languages = languages

    async def closed(
        self,
        conversation: Conversation,
        by: Speaker | None = None,
        account: Account | None = None,
    ) -> None:
        """by: who did it, and needn't be told; None for an owner who is forgotten."""
        for chat_id in conversation.dm_chats:
            if chat_id == ChatId(conversation.owner):
                continue
            words = await self._words_of(UserId(chat_id))
            html = words.html("sharing.closed", name=conversation.name)
            if by is not None:
                html = words.html("sharing.closed_by", name=conversation.name, by=by.name)
            await self._tell(chat_id, html, account)

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
