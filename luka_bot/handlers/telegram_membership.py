"""Who is in which group, as Telegram says."""

import structlog
from aiogram import Bot
from aiogram.enums import ChatMemberStatus
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
)

from luka_bot.models.clock import Clock
from luka_bot.models.ids import ChatId, UserId
from luka_bot.models.people_errors import CheckFailed

KNOWN_FOR = 60.0  # s; whoever was taken out of the admins' group is an admin no longer after that
ASK_SECONDS = 5
REMEMBERED = 10_000

_ADMINISTRATORS = {ChatMemberStatus.CREATOR, ChatMemberStatus.ADMINISTRATOR}
_OUT = {ChatMemberStatus.LEFT, ChatMemberStatus.KICKED}

log = structlog.get_logger(__name__)


class TelegramMembership:
    """A Membership. clock is monotonic."""

    def __init__(self, bot: Bot, clock: Clock) -> None:
        self._bot = bot
        self._clock = clock
        self._known: dict[tuple[ChatId, UserId], tuple[float, ChatMemberStatus]] = {}

    async def is_member(self, chat_id: ChatId, user_id: UserId, *, anew: bool = False) -> bool:
        return await self._status(chat_id, user_id, 0.0 if anew else KNOWN_FOR) not in _OUT

    async def is_administrator(self, chat_id: ChatId, user_id: UserId) -> bool:
        return await self._status(chat_id, user_id, KNOWN_FOR) in _ADMINISTRATORS

    async def _status(self, chat_id: ChatId, user_id: UserId, known_for: float) -> ChatMemberStatus:
        at, status = self._known.get((chat_id, user_id), (float("-inf"), ChatMemberStatus.LEFT))
        if self._clock() - at < known_for:
            return status
        status = await self._asked(chat_id, user_id)
        self._known.pop((chat_id, user_id), None)
        self._known[chat_id, user_id] = (self._clock(), status)
        if len(self._known) > REMEMBERED:
            del self._known[next(iter(self._known))]
        return status

    async def _asked(self, chat_id: ChatId, user_id: UserId) -> ChatMemberStatus:
        try:
            member = await self._bot.get_chat_member(chat_id, user_id, request_timeout=ASK_SECONDS)
        except TelegramMigrateToChat as moved:
            return await self._asked(ChatId(moved.migrate_to_chat_id), user_id)
        except (TelegramBadRequest, TelegramForbiddenError) as refused:
            log.warning("membership.refused", chat_id=chat_id, why=refused.message)
            return ChatMemberStatus.LEFT
        except (TimeoutError, AiogramError, UnicodeDecodeError) as error:
            log.warning("membership.unknown", error=type(error).__name__)
            raise CheckFailed from error
        if member.status == ChatMemberStatus.RESTRICTED and not member.is_member:
            return ChatMemberStatus.LEFT
        return ChatMemberStatus(member.status)
