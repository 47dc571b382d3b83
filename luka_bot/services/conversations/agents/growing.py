"""An answer while it grows, as frames for everybody; slow takers get fewer and longer ones."""

import asyncio
from contextlib import suppress
from typing import Any

import structlog

from luka_bot.background import Background
from luka_bot.models.errors import StorageAway
from luka_bot.models.events import Delta, TurnEvent, Waiting
from luka_bot.models.ids import ParticipantId, ThreadId
from luka_bot.storage.chat.contract import ChatStorage

FRAME_EVERY = 0.05  # s; more often nobody sees a difference

log = structlog.get_logger(__name__)


class Growing:
    """stream_id: of the message that it becomes."""

    def __init__(
        self,
        storage: ChatStorage,
        background: Background,
        conversation_id: ThreadId,
        stream_id: str,
        sender: ParticipantId,
    ) -> None:
        self._storage = storage
        self._background = background
        self._conversation_id = conversation_id
        self._frame = {"type": "stream", "stream_id": stream_id, "sender_id": sender}
        self._text = ""
        self._waiting: Waiting | None = None
        self._whole = ""
        self._place: dict[str, Any] = {}
        self._told = 0
        self._late: set[ParticipantId] = set()
        self._news = asyncio.Event()
        self._ended = asyncio.Event()
        self._telling: asyncio.Task[None] | None = None

    def saw(self, event: TurnEvent) -> None:
        match event:
            case Delta(text):
                self._text += text
            case Waiting():
                self._waiting = event
            case _:
                return
        self._news.set()
        if self._telling is None:
            self._telling = self._background.spawn("show an answer growing", self._tell())

    def show(self, who: ParticipantId) -> None:
        """They came in the middle of it: all of it so far, for them alone."""
        if self._telling is not None:
            self._late.add(who)
            self._news.set()

    async def end(self) -> None:
        """No frame of it comes after this; what wasn't told yet is in the message that follows."""
        self._ended.set()
        self._news.set()
        if self._telling is not None:
            await asyncio.wait([self._telling])

    async def take_back(self) -> None:
        await self.end()
        if self._told:
            with suppress(StorageAway):
                await self._publish({"cancelled": True})

    async def _tell(self) -> None:
        while not self._ended.is_set():
            await self._news.wait()
            self._news.clear()
            if self._ended.is_set():
                return
            await self._tell_news()
            await self._tell_late()
            with suppress(TimeoutError):
                async with asyncio.timeout(FRAME_EVERY):
                    await self._ended.wait()

    async def _tell_news(self) -> None:
        text, self._text = self._text, ""
        waiting, self._waiting = self._waiting, None
        place: dict[str, Any] = {}
        if waiting is not None and not text:
            place = {"waiting": {"position": waiting.position, "seconds": waiting.seconds}}
        if not text and not place:
            return
        try:
            await self._publish({"delta": text, **place})
        except StorageAway:
            self._text = text + self._text
            self._news.set()
            return
        self._whole += text
        self._place = place

    async def _tell_late(self) -> None:
        """After the parts before it and before those that follow, so that its n says what it
        holds."""
        late, self._late = self._late, set()
        if not self._told:
            return
        whole = {**self._frame, "text": self._whole, **self._place, "n": self._told}
        for who in late:
            with suppress(StorageAway):
                await self._storage.publish(self._conversation_id, {**whole, "to": who})

    async def _publish(self, more: dict[str, Any]) -> None:
        frame = {**self._frame, **more, "n": self._told + 1}
        await self._storage.publish(self._conversation_id, frame)
        self._told += 1
