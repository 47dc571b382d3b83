"""Whoever is forgotten takes leave of the conversations that were theirs."""

from contextlib import suppress
from typing import Protocol

from luka_bot.models.conversation import Conversation
from luka_bot.models.errors import ThreadGone
from luka_bot.models.ids import UserId
from luka_bot.services.conversations.conversation_service import ConversationService
from luka_bot.services.people_service import Eraser


class TellsOfClosing(Protocol):
    async def closed(self, conversation: Conversation) -> None:
        """Those who are in it, but not its owner, hear that it is closed."""


class Parting:
    """An Eraser that tells the others first. Those whose words stay in others' conversations are
    taken out there by the eraser itself."""

    def __init__(
        self, eraser: Eraser, conversations: ConversationService, herald: TellsOfClosing
    ) -> None:
        self._eraser = eraser
        self._conversations = conversations
        self._herald = herald

    async def forget(self, user_id: UserId) -> None:
        """Raises StorageAway; done again, somebody may be told twice."""
        for one in await self._conversations.listed(user_id):
            if one.owner == user_id and one.conversation is not None:
                with suppress(ThreadGone):
                    await self._herald.closed(one.conversation)
        await self._eraser.forget(user_id)
