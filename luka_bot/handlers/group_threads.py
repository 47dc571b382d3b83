"""What becomes of a group's threads becomes of what is said there."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any
from weakref import WeakValueDictionary

from aiogram import BaseMiddleware
from aiogram.dispatcher.flags import get_flag
from aiogram.types import TelegramObject

from luka_bot.handlers.doing import FLAG
from luka_bot.models.errors import ThreadGone
from luka_bot.models.ids import ChatId, ThreadId, TopicId, UserId
from luka_bot.models.rights import Action
from luka_bot.services.conversations.conversation_service import ConversationService
from luka_bot.services.thread_service import ThreadService
from luka_bot.storage.chat.contract import ChatStorage

_OF_THREADS = {Action.SEE_THREADS, Action.CHANGE_THREADS, Action.ERASE_THREADS}


class FollowsThreads(BaseMiddleware):
    """While a command is handled in a topic, the topic's thread is the group's active one; what is
    the active one after it is what the topic, or the group, is from then on."""

    def __init__(
        self, threads: ThreadService, conversations: ConversationService, storage: ChatStorage
    ) -> None:
        self._threads = threads
        self._conversations = conversations
        self._storage = storage
        self._locks: WeakValueDictionary[ChatId, asyncio.Lock] = WeakValueDictionary()

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> object:
        target = data["asker"].target
        if not target.is_group or get_flag(data, FLAG) not in _OF_THREADS:
            return await handler(event, data)
        async with self._one_at_a_time(target.chat_id):
            if target.topic_id is None:
                result = await handler(event, data)
                await self._follow(target.chat_id)
                return result
            async with self._active_in(target.chat_id, target.topic_id):
                return await handler(event, data)

    def _one_at_a_time(self, chat_id: ChatId) -> asyncio.Lock:
        """Topics are worked on side by side, and the group's active thread is one."""
        lock = self._locks.get(chat_id)
        if lock is None:
            lock = self._locks[chat_id] = asyncio.Lock()
        return lock

    async def _follow(self, chat_id: ChatId) -> None:
        """A group that nobody has spoken in yet finds its thread by itself."""
        bound, active = await self._storage.bound(chat_id, None), await self._active(chat_id)
        if None not in (bound, active) and bound != active:
            await self._bind(chat_id, None, active)

    @asynccontextmanager
    async def _active_in(self, chat_id: ChatId, topic_id: TopicId) -> AsyncIterator[None]:
        usual, bound = await self._active(chat_id), await self._storage.bound(chat_id, topic_id)
        await self._switch(chat_id, bound)
        try:
            yield
            active = await self._active(chat_id)
            if active != (bound or usual):
                await self._bind(chat_id, topic_id, active)
        finally:
            await self._switch(chat_id, usual)

    async def _active(self, chat_id: ChatId) -> ThreadId | None:
        return (await self._threads.list_threads(UserId(chat_id), limit=1)).active_id

    async def _switch(self, chat_id: ChatId, thread_id: ThreadId | None) -> None:
        with suppress(ThreadGone):
            if thread_id is not None and thread_id != await self._active(chat_id):
                await self._threads.set_active_thread(UserId(chat_id), thread_id)

    async def _bind(
        self, chat_id: ChatId, topic_id: TopicId | None, thread_id: ThreadId | None
    ) -> None:
        if thread_id is not None:
            await self._conversations.rebind(chat_id, topic_id, thread_id)
