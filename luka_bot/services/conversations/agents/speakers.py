"""An answer in the Telegram chats of its conversation, while it grows and at its end."""

import asyncio
from collections.abc import Coroutine, Mapping
from typing import Any

import structlog

from luka_bot.background import Background
from luka_bot.models.conversation import ChatMessage, Work, WorkKind
from luka_bot.models.conversation_errors import PlaceGone
from luka_bot.models.errors import LukaError
from luka_bot.models.ids import ChatId
from luka_bot.patience import insist
from luka_bot.services.conversations.agents.tee import Tee, Withdrawn
from luka_bot.services.conversations.place import Place
from luka_bot.services.conversations.transport import Speaking, Transport

log = structlog.get_logger(__name__)


class Speakers:
    """A task for each chat: one that is slow, or gone, holds up neither the model nor others."""

    def __init__(
        self,
        transport: Transport,
        background: Background,
        places: Mapping[ChatId, Place],
        speaking: Speaking,
        tee: Tee,
    ) -> None:
        self._transport = transport
        self._background = background
        self._places = places
        self._speaking = speaking
        self._tee = tee
        self._tasks: dict[ChatId, asyncio.Task[None]] = {}
        self._number: int | None = None

    def begin(self) -> None:
        for chat_id, place in self._places.items():
            place.begin_speaking(self._speaking.message_id)
            name = f"speak in {chat_id}"
            self._tasks[chat_id] = self._background.spawn(name, self._speak(chat_id, place))

    def stored(self, number: int) -> None:
        """The answer is a message; said before its last event is."""
        self._number = number

    async def take_back(self, error: LukaError | None = None) -> None:
        """After the tee was withdrawn. error: what who asked is told, where they asked."""
        if self._tasks:
            await asyncio.wait(self._tasks.values())
        asked_in = chat_asked_in(self._speaking.asked)
        for chat_id in self._tasks:
            if error is None or chat_id != asked_in:
                self._aside(self._withdraw(chat_id))
        if error is not None and asked_in is not None:
            self._aside(self._fail(asked_in, error))

    async def _speak(self, chat_id: ChatId, place: Place) -> None:
        speaking, tee = self._speaking, self._tee
        try:
            await place.brought(speaking.asked.sequence_id)
            await insist(lambda: self._transport.speak(chat_id, speaking, tee.replay()))
            if self._number is not None and not tee.is_withdrawn:
                await place.finish([Work(WorkKind.POST, self._number, str(chat_id))])
        except Withdrawn:
            pass
        except PlaceGone as gone:
            await place.close(gone)
        finally:
            place.end_speaking(speaking.message_id)

    async def _withdraw(self, chat_id: ChatId) -> None:
        try:
            await insist(lambda: self._transport.withdraw(chat_id, self._speaking))
        except PlaceGone:
            log.info("agent.withdrew_nowhere")

    async def _fail(self, chat_id: ChatId, error: LukaError) -> None:
        shown = chat_id in self._tasks
        try:
            await insist(lambda: self._transport.fail(chat_id, self._speaking, error, shown=shown))
        except PlaceGone:
            log.info("agent.failed_nowhere")

    def _aside(self, work: Coroutine[Any, Any, None]) -> None:
        self._background.spawn("take an answer back", work)


def chat_asked_in(asked: ChatMessage) -> ChatId | None:
    """Telegram's messages are `tg:{chat}:{message}`; what agents answer has no other name."""
    kind, _, rest = asked.message_id.partition(":")
    chat, _, _ = rest.partition(":")
    return ChatId(int(chat)) if kind == "tg" and chat.lstrip("-").isdecimal() else None
