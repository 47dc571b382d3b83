"""A Telegram for conversations: keeps what was brought to each chat, and can be in trouble."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from luka_bot.models.conversation import ChatMessage, Conversation
from luka_bot.models.conversation_errors import PlaceGone
from luka_bot.models.errors import LukaError, StorageAway
from luka_bot.models.events import Delta, TurnEvent
from luka_bot.models.farewell import Farewell
from luka_bot.models.ids import ChatId
from luka_bot.services.conversations.transport import Speaking


class Postbox:
    """said: what stands in a chat, in order. gone: chats that take nothing any more; broken: where
    a call fails by a fault of ours; away: where it fails once; stuck: where none returns."""

    def __init__(self) -> None:
        self.said: defaultdict[ChatId, list[str]] = defaultdict(list)
        self.growing: defaultdict[ChatId, str] = defaultdict(str)
        self.withdrawn: list[ChatId] = []
        self.failed: list[tuple[ChatId, str]] = []
        self.erased: list[tuple[ChatId, int]] = []
        self.spoken: list[ChatId] = []
        self.farewells: list[tuple[ChatId, str]] = []
        self.gone: set[ChatId] = set()
        self.broken: set[ChatId] = set()
        self.away: set[ChatId] = set()
        self.stuck: set[ChatId] = set()
        self._free = asyncio.Event()

    def free(self) -> None:
        """Nobody is stuck any more."""
        self.stuck.clear()
        self._free.set()

    async def post(
        self, chat_id: ChatId, conversation: Conversation, messages: Sequence[ChatMessage]
    ) -> None:
        await self._trouble(chat_id, conversation)
        self.said[chat_id] += [one.content for one in messages]

    async def speak(
        self, chat_id: ChatId, speaking: Speaking, events: AsyncGenerator[TurnEvent, None]
    ) -> None:
        self.spoken.append(chat_id)
        await self._trouble(chat_id, speaking.conversation)
        self.growing[chat_id] = ""
        async with aclosing(events):
            async for event in events:
                if isinstance(event, Delta):
                    self.growing[chat_id] += event.text
        self.said[chat_id].append(self.growing.pop(chat_id))

    async def withdraw(self, chat_id: ChatId, speaking: Speaking) -> None:
        await self._trouble(chat_id, speaking.conversation)
        self.growing.pop(chat_id, None)
        self.withdrawn.append(chat_id)

    async def fail(
        self, chat_id: ChatId, speaking: Speaking, error: LukaError, *, shown: bool
    ) -> None:
        await self._trouble(chat_id, speaking.conversation)
        self.failed.append((chat_id, type(error).__name__ + (" shown" if shown else "")))

    async def erase(self, chat_id: ChatId, conversation: Conversation, sequence_id: int) -> None:
        await self._trouble(chat_id, conversation)
        self.erased.append((chat_id, sequence_id))

    async def farewell(self, farewell: Farewell) -> None:
        self.farewells.append((farewell.chat_id, farewell.how.value))

    async def _trouble(self, chat_id: ChatId, conversation: Conversation) -> None:
        if chat_id in self.gone:
            raise PlaceGone(chat_id)
        if chat_id in self.broken:
            raise ZeroDivisionError(conversation.name)
        if chat_id in self.away:
            self.away.discard(chat_id)
            raise StorageAway
        if chat_id in self.stuck:
            await self._free.wait()
