"""What is said, handed to everybody of this process who listens, in order and without a gap."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import structlog

from luka_bot.background import Background
from luka_bot.metrics_chat import DELIVERY_SECONDS, REFILLS, SEQUENCE_LAG
from luka_bot.models.clock import Clock
from luka_bot.models.conversation import ChatMessage, Conversation, MessagePage
from luka_bot.models.errors import ThreadGone
from luka_bot.models.ids import ParticipantId, ThreadId
from luka_bot.patience import insist
from luka_bot.services.conversations.frames import AWAY_AFTER, update_frame
from luka_bot.services.conversations.rooms import (
    REMEMBERED,
    Listener,
    Room,
    Rooms,
    Seat,
    Watcher,
)
from luka_bot.storage.chat.contract import PAGE_LIMIT, ChatStorage, Frame
from luka_bot.storage.chat.shapes import FAREWELLS

__all__ = ["Hub", "Listener", "Watcher"]

INSIDE = "work_"  # frames of this kind are between replicas

log = structlog.get_logger(__name__)


class Hub:
    """Delivers in order of sequence_id: what was heard already is skipped, what is missing is
    looked up in the log first. Keeps the last 100 messages of each conversation that was heard of
    lately (at most max_conversations, for ttl_seconds). now: seconds since the epoch."""

    def __init__(
        self, storage: ChatStorage, rooms: Rooms, background: Background, now: Clock
    ) -> None:
        self.storage_connected = True
        self.farewells: list[Callable[[], None]] = []
        """Called where somebody is to be told that a conversation is closed."""
        self._storage = storage
        self._rooms = rooms
        self._background = background
        self._now = now
        self._depths: dict[ThreadId, int] = {}

    # those who listen

    @contextmanager
    def listening(
        self, conversation_id: ThreadId, participant: ParticipantId, listener: Listener
    ) -> Iterator[int]:
        """Hears all that comes after the number it gives: the last one that is known here.

        0 where nothing was known: the last 100 come again, and whoever knows them skips them."""
        room = self._rooms.enter(conversation_id)
        seat = Seat(participant, listener)
        room.sit(seat)
        self._catch_up(room)
        try:
            yield room.last or 0
        finally:
            room.rise(seat)

    @contextmanager
    def watching(self, conversation_id: ThreadId, watcher: Watcher) -> Iterator[None]:
        room = self._rooms.enter(conversation_id)
        room.watchers.append(watcher)
        self._catch_up(room)
        try:
            yield
        finally:
            room.watchers.remove(watcher)

    async def recent(self, conversation_id: ThreadId) -> tuple[ChatMessage, ...]:
        """The last 100 messages, out of memory where they are known. Raises as the storage does."""
        room = self._rooms.enter(conversation_id)
        if room.is_behind:
            self._catch_up(room)
            return (await self._storage.last_messages(conversation_id, REMEMBERED)).messages
        return tuple(room.ring)

    # what the bus brings

    def cares(self, conversation_id: ThreadId) -> bool:
        return conversation_id == FAREWELLS or self._rooms.find(conversation_id) is not None

    def message(self, message: ChatMessage) -> None:
        room = self._rooms.find(message.conversation_id)
        if room is None:
            return
        room.heard = max(room.heard, message.sequence_id)
        if room.last is None or room.catching_up or room.missed:
            self._catch_up(room)
        elif message.sequence_id == room.last + 1:
            room.deliver(message)
            DELIVERY_SECONDS.observe(max(self._now() - message.timestamp, 0.0))
        elif message.sequence_id > room.last:
            SEQUENCE_LAG.observe(message.sequence_id - room.last - 1)
            self._catch_up(room)

    def frame(self, conversation_id: ThreadId, frame: Frame) -> None:
        if conversation_id == FAREWELLS:
            for look in self.farewells:
                look()
            return
        room = self._rooms.find(conversation_id)
        if room is None:
            return
        match frame.get("type"):
            case "redact":
                room.redact(int(frame["sequence_id"]))
            case "participant_update":
                if "participants" not in frame:
                    room.watched(frame)
                    self._background.spawn("look who is in", self._look_round(room, frame))
                    return
                room.people = _counted(frame["participants"])
        if not str(frame.get("type", "")).startswith(INSIDE):
            room.pass_on(frame)
        room.watched(frame)
        if frame.get("type") == "closed":
            self._close(room)

    def interrupted(self) -> None:
        for room in self._rooms:
            if room.is_empty:
                self._rooms.drop(room.conversation_id)
            else:
                room.missed = True
                self._catch_up(room)

    # how it is

    def note_depth(self, conversation_id: ThreadId, depth: int) -> None:
        """Outstanding work, as somebody of this process has just seen it."""
        if depth:
            self._depths[conversation_id] = depth
        else:
            self._depths.pop(conversation_id, None)

    @property
    def depths(self) -> Mapping[ThreadId, int]:
        """Of conversations whose work this process has lately seen."""
        return self._depths

    def connections(self) -> Mapping[ThreadId, Mapping[ParticipantId, int]]:
        return {
            room.conversation_id: Counter(seat.participant for seat in room.seats)
            for room in self._rooms
            if room.seats
        }

    def health(self) -> dict[str, Any]:
        """The numbers of GET /health/chat."""
        live = [room for room in self._rooms if not room.is_empty]
        return {
            "status": "ok" if self.storage_connected else "degraded",
            "connections": sum(len(room.seats) for room in live),
            "conversations": len(live),
            "participants_by_conversation": {
                room.conversation_id: {"humans": room.people[0], "ai_agents": room.people[1]}
                for room in live
            },
            "queue_depths": {
                room.conversation_id: self._depths.get(room.conversation_id, 0) for room in live
            },
            "storage": "connected" if self.storage_connected else "disconnected",
        }

    # what was missed

    def _catch_up(self, room: Room) -> None:
        if room.is_behind and not room.catching_up:
            room.catching_up = True
            self._background.spawn("catch up with a conversation", self._caught_up(room))

    async def _caught_up(self, room: Room) -> None:
        try:
            while room.is_behind and self._rooms.find(room.conversation_id) is room:
                await self._read(room)
        except ThreadGone:
            room.pass_on({"type": "closed"})
            self._close(room)
        finally:
            room.catching_up = False

    async def _read(self, room: Room) -> None:
        conversation_id, last, heard = room.conversation_id, room.last, room.heard
        room.missed = False
        if last is None:
            _know(room, await insist(lambda: self._storage.conversation(conversation_id)))
            page = await insist(lambda: self._storage.last_messages(conversation_id, REMEMBERED))
        else:
            REFILLS.inc()
            page = await insist(
                lambda: self._storage.get_conversation_messages(conversation_id, last, PAGE_LIMIT)
            )
        if _deliver(room, page) and room.heard == heard:
            room.heard = room.last or 0

    async def _look_round(self, room: Room, frame: Frame) -> None:
        """Who tells that somebody came doesn't tell who is there."""
        key, since = room.conversation_id, self._now() - AWAY_AFTER
        try:
            conversation = await insist(lambda: self._storage.conversation(key))
            online = await insist(lambda: self._storage.present(key, since))
        except ThreadGone:
            return
        _know(room, conversation)
        room.pass_on({**frame, **update_frame(conversation, str(frame["action"]), online.keys())})

    def _close(self, room: Room) -> None:
        self._rooms.drop(room.conversation_id)
        self._depths.pop(room.conversation_id, None)
        room.last, room.heard, room.missed = room.heard, room.heard, False


def _deliver(room: Room, page: MessagePage) -> bool:
    """Whether that was all there is. A page that isn't full says so: what is missing below its
    current number was never a message, or is none any more."""
    if page.reset and page.current_sequence_id < (room.last or 0):
        room.last = None  # another log: its numbers begin anew
    for message in page.messages:
        room.deliver(message)
    whole = len(page.messages) < PAGE_LIMIT
    if whole:
        room.last = max(room.last or 0, page.current_sequence_id)
    return whole


def _know(room: Room, conversation: Conversation) -> None:
    room.people = (len(conversation.humans), len(conversation.agents))


def _counted(participants: Sequence[Mapping[str, Any]]) -> tuple[int, int]:
    agents = sum(1 for one in participants if one.get("type") == "agent")
    return len(participants) - agents, agents
