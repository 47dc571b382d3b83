"""A conversation as this process knows it: its last messages, and who listens."""

import json
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

import structlog

from luka_bot.metrics_chat import CACHE_LOOKUPS, CONNECTIONS, LISTENERS_DROPPED
from luka_bot.models.conversation import ChatMessage, MessageStatus
from luka_bot.models.ids import ParticipantId, ThreadId
from luka_bot.services.conversations.frames import message_frame
from luka_bot.storage.chat.contract import Frame

REMEMBERED = 100  # messages of each conversation

log = structlog.get_logger(__name__)


class Listener(Protocol):
    """Of one conversation, such as a socket. Called in order, never awaited: it must not block.

    One that raises hears no more."""

    def message(self, message: ChatMessage, text: str) -> None:
        """text: the frame as JSON, made once for all."""
        ...

    def frame(self, frame: Frame, text: str) -> None:
        """Without a number. One with "to" comes only to that participant."""
        ...


class Watcher(Protocol):
    """Of a conversation's work, inside this process; as a Listener, and hears what they don't."""

    def heard(self, message: ChatMessage) -> None: ...

    def told(self, frame: Frame) -> None: ...


@dataclass(eq=False, slots=True)
class Seat:
    """Where one listener sits."""

    participant: ParticipantId
    listener: Listener


class Room:
    """last: up to which number all is known here; None before it was looked up. heard: the highest
    that the bus spoke of. people: humans and agents, as far as known."""

    def __init__(self, conversation_id: ThreadId, now: float) -> None:
        self.conversation_id = conversation_id
        self.last: int | None = None
        self.heard = 0
        self.people = (0, 0)
        self.catching_up = False
        self.missed = False
        self.used_at = now
        self.ring: deque[ChatMessage] = deque(maxlen=REMEMBERED)
        self.seats: list[Seat] = []
        self.watchers: list[Watcher] = []
        self._redacted: set[int] = set()

    @property
    def is_behind(self) -> bool:
        return self.last is None or self.missed or self.heard > self.last

    @property
    def is_empty(self) -> bool:
        return not self.seats and not self.watchers

    def deliver(self, message: ChatMessage) -> None:
        """The next one; one that came already is passed over."""
        if self.last is not None and message.sequence_id <= self.last:
            return
        if message.sequence_id in self._redacted:
            message = _empty(message)
        self.last = message.sequence_id
        self.ring.append(message)
        text = _json(message_frame(message)) if self.seats else ""
        for seat in list(self.seats):
            self._reach(seat, lambda heard: heard.message(message, text))
        for watcher in list(self.watchers):
            watcher.heard(message)

    def pass_on(self, frame: Frame) -> None:
        to = frame.get("to")
        shown = {name: value for name, value in frame.items() if name != "to"}
        text = _json(shown) if self.seats else ""
        for seat in list(self.seats):
            if to is None or seat.participant == to:
                self._reach(seat, lambda heard: heard.frame(shown, text))

    def watched(self, frame: Frame) -> None:
        for watcher in list(self.watchers):
            watcher.told(frame)

    def redact(self, sequence_id: int) -> None:
        """Also in a page of the log that was read before, and is delivered after this."""
        self._redacted.add(sequence_id)
        for index, one in enumerate(self.ring):
            if one.sequence_id == sequence_id:
                self.ring[index] = _empty(one)

    def sit(self, seat: Seat) -> None:
        self.seats.append(seat)
        CONNECTIONS.inc()

    def rise(self, seat: Seat) -> None:
        if seat in self.seats:
            self.seats.remove(seat)
            CONNECTIONS.dec()

    def _reach(self, seat: Seat, call: Callable[[Listener], None]) -> None:
        try:
            call(seat.listener)
        except Exception:  # one broken listener must not silence the others
            log.exception("hub.listener_failed", conversation_id=self.conversation_id)
            LISTENERS_DROPPED.inc()
            self.rise(seat)


class Rooms:
    """At most so many that nobody listens in, and none of those longer than life seconds."""

    def __init__(self, most: int, life: float, clock: Callable[[], float]) -> None:
        self._most = most
        self._life = life
        self._clock = clock
        self._rooms: OrderedDict[ThreadId, Room] = OrderedDict()

    def __iter__(self) -> Iterator[Room]:
        return iter(list(self._rooms.values()))

    def find(self, conversation_id: ThreadId) -> Room | None:
        return self._rooms.get(conversation_id)

    def enter(self, conversation_id: ThreadId) -> Room:
        """Made if there is none."""
        now = self._clock()
        room = self._rooms.get(conversation_id)
        known = room is not None and room.last is not None
        CACHE_LOOKUPS.labels("hit" if known else "miss").inc()
        if room is None:
            room = self._rooms[conversation_id] = Room(conversation_id, now)
        room.used_at = now
        self._rooms.move_to_end(conversation_id)
        self._forget(now)
        return room

    def drop(self, conversation_id: ThreadId) -> None:
        self._rooms.pop(conversation_id, None)

    def _forget(self, now: float) -> None:
        spare = len(self._rooms) - self._most
        for room in list(self._rooms.values())[:-1]:
            old = now - room.used_at > self._life
            if spare <= 0 and not old:
                return
            if room.is_empty:
                del self._rooms[room.conversation_id]
                spare -= 1


def _empty(message: ChatMessage) -> ChatMessage:
    return replace(message, content="", status=MessageStatus.REDACTED)


def _json(frame: Frame) -> str:
    return json.dumps(dict(frame), ensure_ascii=False, separators=(",", ":"))
