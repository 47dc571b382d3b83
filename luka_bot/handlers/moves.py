"""How luka hears that a group became a supergroup."""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiogram import BaseMiddleware, Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramMigrateToChat
from aiogram.methods import TelegramMethod
from aiogram.methods.base import Response, TelegramType
from aiogram.types import Message, TelegramObject

from luka_bot.models.errors import StorageAway
from luka_bot.models.ids import ChatId
from luka_bot.services.group_moves import GroupMoves

log = structlog.get_logger(__name__)


class HearsOfMoves(BaseMiddleware):
    """By what Telegram writes there, before anybody asks who wrote: nobody did."""

    def __init__(self, moves: GroupMoves) -> None:
        self._moves = moves

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> object:
        numbers = _numbers_in(event)
        if numbers is None:
            return await handler(event, data)
        await self._moves.move(*numbers)
        return None


def _numbers_in(event: TelegramObject) -> tuple[ChatId, ChatId] | None:
    """The old one and the new one."""
    match event:
        case Message(migrate_to_chat_id=int() as new, chat=chat):
            return ChatId(chat.id), ChatId(new)
        case Message(migrate_from_chat_id=int() as old, chat=chat):
            return ChatId(old), ChatId(chat.id)
    return None


class IsToldOfMoves(BaseRequestMiddleware):
    """By a refusal: what is written there is lost where luka was away for a day."""

    def __init__(self, moves: GroupMoves) -> None:
        self._moves = moves

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        try:
            return await make_request(bot, method)
        except TelegramMigrateToChat as moved:
            chat_id = getattr(method, "chat_id", None)
            if isinstance(chat_id, int):
                await self._note(ChatId(chat_id), ChatId(moved.migrate_to_chat_id))
            raise

    async def _note(self, old: ChatId, new: ChatId) -> None:
        """That it can't be kept now is no reason to say something else of the call."""
        try:
            await self._moves.move(old, new)
        except StorageAway:
            log.debug("moves.storage_away")
