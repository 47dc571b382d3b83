"""Who can't be reached: whoever blocked the bot, or deleted their account."""

from contextlib import suppress

import structlog
from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramForbiddenError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import Response, TelegramType

from luka_bot.models.errors import StorageAway
from luka_bot.models.ids import UserId
from luka_bot.models.people_errors import PersonGone
from luka_bot.models.person import Reach
from luka_bot.storage.people import PeopleStore

log = structlog.get_logger(__name__)


class NotesAbsence(BaseRequestMiddleware):
    """Around every call: whoever calls, and whatever comes of the refusal there, it is noted."""

    def __init__(self, people: PeopleStore) -> None:
        self._people = people

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        try:
            return await make_request(bot, method)
        except TelegramForbiddenError:
            chat_id = getattr(method, "chat_id", None)
            if isinstance(chat_id, int) and chat_id > 0:
                await self._note(UserId(chat_id))
            raise

    async def _note(self, user_id: UserId) -> None:
        """That it can't be kept now is no reason to say something else of the call."""
        try:
            await note_reach(self._people, user_id, Reach.BLOCKED)
        except StorageAway:
            log.debug("absence.storage_away")


async def note_reach(people: PeopleStore, user_id: UserId, reach: Reach) -> None:
    """Nothing is kept of a stranger. Raises StorageAway."""
    with suppress(PersonGone):
        await people.update(user_id, reach=reach.value)
