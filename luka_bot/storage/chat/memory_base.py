"""What the parts of the memory store share: its conversations and its bus."""

import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace

from luka_bot.models.conversation import (
    ChatMessage,
    Draft,
    MessageType,
    Posted,
    Work,
    WorkKind,
)
from luka_bot.models.errors import ThreadGone
from luka_bot.models.farewell import Farewell
from luka_bot.models.ids import ChatId, MessageId, ParticipantId, ThreadId, TopicId, UserId
from luka_bot.models.participant import ParticipantType, is_agent
from luka_bot.storage.chat.contract import ChatStorage
from luka_bot.storage.chat.room import Room
from luka_bot.storage.chat.shapes import BusListener, Clock, Frame

SYSTEM = ParticipantId("system")


class MemoryBase(ChatStorage):
    """clock: seconds since the epoch."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._rooms: dict[ThreadId, Room] = {}
        self._listeners: list[BusListener] = []
        self._bound: dict[tuple[ChatId, TopicId | None], ThreadId] = {}
        self._stands: dict[tuple[ChatId, MessageId], Posted] = {}
        self._hosts: dict[ThreadId, tuple[str, float]] = {}
        # from when on they are told, and of whom
        self._farewells: dict[Farewell, tuple[float, UserId | None]] = {}

    @asynccontextmanager
    async def listening(self, listener: BusListener) -> AsyncIterator[None]:
        self._listeners.append(listener)
        try:
            yield
        finally:
            self._listeners.remove(listener)

    async def publish(self, conversation_id: ThreadId, frame: Frame) -> None:
        self._tell(conversation_id, frame)

    def _room(self, conversation_id: ThreadId) -> Room:
        room = self._rooms.get(conversation_id)
        if room is None:
            raise ThreadGone(conversation_id)
        return room

    def _tell(self, conversation_id: ThreadId, frame: Frame) -> None:
        for listener in self._caring(conversation_id):
            listener.frame(conversation_id, frame)

    def _caring(self, conversation_id: ThreadId) -> list[BusListener]:
        return [one for one in self._listeners if one.cares(conversation_id)]

    def _store(self, room: Room, draft: Draft, works: Iterable[Work] = ()) -> ChatMessage:
        sender = ParticipantType.AGENT if is_agent(draft.sender_id) else ParticipantType.HUMAN
        message = ChatMessage(
            message_id=draft.message_id,
            conversation_id=draft.conversation_id,
            sequence_id=room.log.current + 1,
            sender_id=draft.sender_id,
            sender_name=draft.sender_name,
            sender_type=sender,
            content=draft.content,
            timestamp=draft.timestamp,
            message_type=draft.message_type,
            reply_to=draft.reply_to,
            hops=draft.hops,
        )
        room.log.add(message)
        room.said_at = draft.timestamp
        room.spoke[draft.sender_id] = message.sequence_id
        room.owe(replace(one, sequence_id=message.sequence_id) for one in works)
        if draft.origin is not None and draft.stands:
            self._note(message, draft.origin, draft.stands)
        for listener in self._caring(message.conversation_id):
            listener.message(message)
        return message

    def _note(self, message: ChatMessage, chat_id: ChatId, ids: tuple[MessageId, ...]) -> None:
        room = self._room(message.conversation_id)
        room.posts.setdefault(message.sequence_id, {})[chat_id] = ids
        for one in ids:
            at = Posted(message.conversation_id, message.sequence_id)
            self._stands[chat_id, one] = at

    def _announce(
        self, room: Room, event: dict[str, str], now: float, but: ChatId | None = None
    ) -> ChatMessage:
        """A system message for all Telegram chats; no agent is asked."""
        draft = Draft(
            conversation_id=room.thread.thread_id,
            message_id=f"s{room.log.current + 1}",
            sender_id=SYSTEM,
            sender_name="",
            content=json.dumps(event, ensure_ascii=False),
            timestamp=now,
            message_type=MessageType.SYSTEM,
        )
        return self._store(room, draft, _posts(room, but))


def _posts(room: Room, origin: ChatId | None) -> list[Work]:
    """Their number comes with the message."""
    return [Work(WorkKind.POST, 0, str(chat)) for chat in room.chats() if chat != origin]
