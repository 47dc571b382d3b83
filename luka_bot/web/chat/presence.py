"""Who has a socket open, as others see it."""

import asyncio
from contextlib import suppress

from luka_bot.background import Background
from luka_bot.models.clock import Clock
from luka_bot.models.errors import Refused, StorageAway
from luka_bot.models.ids import ParticipantId, ThreadId
from luka_bot.services.conversations.conversation_service import ConversationService
from luka_bot.services.conversations.frames import update_frame
from luka_bot.storage.chat.contract import ChatStorage

SETTLE = 0.5  # s in which many who come at once are told as one


class Presence:
    """now: seconds since the epoch. settle: seconds before others are told; what happens meanwhile
    is told with it."""

    def __init__(
        self,
        storage: ChatStorage,
        service: ConversationService,
        background: Background,
        now: Clock,
        settle: float = SETTLE,
    ) -> None:
        self._storage = storage
        self._service = service
        self._background = background
        self._now = now
        self._settle = settle
        self._telling: dict[ThreadId, str] = {}

    async def came(self, conversation_id: ThreadId, who: ParticipantId) -> None:
        with suppress(StorageAway, Refused):
            before = await self._service.present(conversation_id)
            await self._storage.seen(conversation_id, who, self._now())
            if who not in before:
                self._tell(conversation_id, "online")

    async def stays(self, conversation_id: ThreadId, who: ParticipantId) -> None:
        with suppress(StorageAway, Refused):
            await self._storage.seen(conversation_id, who, self._now())

    async def left(self, conversation_id: ThreadId, who: ParticipantId) -> None:
        with suppress(StorageAway, Refused):
            await self._storage.seen(conversation_id, who, None)
            self._tell(conversation_id, "offline")

    def _tell(self, conversation_id: ThreadId, action: str) -> None:
        waits = conversation_id in self._telling
        self._telling[conversation_id] = action
        if not waits:
            self._background.spawn("tell who is here", self._told(conversation_id))

    async def _told(self, conversation_id: ThreadId) -> None:
        try:
            await asyncio.sleep(self._settle)
        finally:
            action = self._telling.pop(conversation_id)
        with suppress(StorageAway, Refused):
            conversation = await self._storage.conversation(conversation_id)
            online = await self._service.present(conversation_id)
            await self._storage.publish(conversation_id, update_frame(conversation, action, online))
