"""Who is in which group, as services ask for it."""

from typing import Protocol

from luka_bot.models.ids import ChatId, UserId


class Membership(Protocol):
    """May be a minute old, unless asked anew. Both raise CheckFailed where nobody could say."""

    async def is_member(self, chat_id: ChatId, user_id: UserId, *, anew: bool = False) -> bool: ...

    async def is_administrator(self, chat_id: ChatId, user_id: UserId) -> bool: ...
