"""What was heard of a conversation: each message once, in order, until somebody takes it."""

import asyncio
from collections import deque
from collections.abc import Mapping
from typing import Any

from luka_bot.client.acks import Acks
from luka_bot.client.errors import BadFrame, ChatError, Ended
from luka_bot.client.events import (
    Closed,
    Event,
    Frame,
    Message,
    Participant,
    ParticipantUpdate,
    Reset,
    event_from,
    message_from,
    participants_from,
)
from luka_bot.client.growing import Growing
from luka_bot.client.replies import Position

PASSING = 1000  # events that wait to be taken; beyond it only messages are kept


class Hearing:
    """position is how far we have heard, None at first; taken how far whoever listens has."""

    def __init__(self, position: Position | None, acks: Acks) -> None:
        self.position = position
        self.taken = position
        self.conversation_id = ""
        self.me = ""
        self.name = ""
        self.participants: tuple[Participant, ...] = ()
        self.input_mode = ""
        self.limits: Mapping[str, Any] = {}
        self._acks = acks
        self._events: deque[Event] = deque()
        self._news = asyncio.Event()
        self._growing = Growing()
        self._end: ChatError | None = None

    def welcome(self, frame: Frame) -> None:
        """Another epoch is another log: nothing of it was heard yet."""
        try:
            epoch, current = str(frame["epoch"]), int(frame["current_sequence_id"])
            self.conversation_id = frame["conversation_id"]
            self.me = frame["participant_id"]
            self.name = str(frame.get("name", ""))
            self.participants = participants_from(frame)
        except (KeyError, TypeError, ValueError) as error:
            raise BadFrame("a welcome that can't be read") from error
        self.input_mode = str(frame.get("input_mode", ""))
        self.limits = dict(frame.get("limits") or {})
        self._go_on(epoch, current)

    def hear(self, frame: Frame) -> None:
        """Raises BadFrame for what the protocol doesn't know in this shape."""
        try:
            match frame.get("type"):
                case "message":
                    self._hear_message(frame)
                case "sync":
                    self._hear_sync(frame)
                case "stream":
                    for part in self._growing.hear(frame):
                        self._add_passing(part)
                case _:
                    self._hear_passing(frame)
        except (KeyError, TypeError, ValueError) as error:
            raise BadFrame(f"a frame {frame.get('type')} that can't be read") from error

    async def take(self) -> Event:
        """The next event, as soon as there is one. Raises what ended the talk, or Ended."""
        while not self._events:
            if self._end is not None:
                raise self._end
            self._news.clear()
            await self._news.wait()
        event = self._events.popleft()
        if isinstance(event, Message) and self.position is not None:
            self.taken = Position(event.sequence_id, self.position.epoch)
            self._acks.took(event.sequence_id)
        return event

    def end(self, error: ChatError | None = None) -> None:
        """What waits can still be taken."""
        self._end = self._end or error or Ended()
        self._news.set()

    @property
    def ended(self) -> ChatError | None:
        return self._end

    def _go_on(self, epoch: str, current: int) -> None:
        before = self.position
        if before is None:
            self.position = Position(0, epoch)
        elif before.epoch != epoch or before.last_seq > current:
            self.position = Position(0, epoch)
            self._add(Reset())

    def _hear_message(self, frame: Frame) -> None:
        position = self.position
        if position is None or frame["sequence_id"] <= position.last_seq:
            return
        self._growing.ended(frame["id"])
        self._add(message_from(frame))
        self.position = Position(frame["sequence_id"], position.epoch)

    def _hear_sync(self, frame: Frame) -> None:
        first = next(iter(frame["messages"]), None)
        position = self.position
        if frame.get("reset") and first is not None and position is not None and position.last_seq:
            self._add(Reset())
        for message in frame["messages"]:
            self._hear_message(message)
        if "participants" in frame:
            self.participants = participants_from(frame)

    def _hear_passing(self, frame: Frame) -> None:
        event = event_from(frame)
        if event is None:
            return
        if isinstance(event, ParticipantUpdate):
            self.participants = event.participants
            self.input_mode = event.input_mode
            self.name = event.name or self.name
        self._add_passing(event)

    def _add_passing(self, event: Event) -> None:
        if len(self._events) < PASSING or isinstance(event, Closed):
            self._add(event)

    def _add(self, event: Event) -> None:
        self._events.append(event)
        self._news.set()
