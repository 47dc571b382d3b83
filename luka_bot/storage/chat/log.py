"""A conversation's log in memory: the last messages, their numbers, and which ids were seen."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace

from luka_bot.models.conversation import ChatMessage, MessagePage, MessageStatus
from luka_bot.models.ids import ParticipantId
from luka_bot.storage.chat.shapes import LOG_LIMIT

SEEN_LIMIT = 10_000  # ids of messages that are recognised when they come again
RESET_TO = 100  # messages, where what was asked for is gone
NOBODY = ParticipantId("tg:0")  # who said what somebody said who was forgotten


class MemoryLog:
    def __init__(self, epoch: str) -> None:
        self.epoch = epoch
        self.current = 0
        self._kept: OrderedDict[int, ChatMessage | None] = OrderedDict()
        self._seen: OrderedDict[tuple[ParticipantId, str], ChatMessage] = OrderedDict()

    def take(self) -> int:
        """A number that no message has."""
        self.current += 1
        self._put(self.current, None)
        return self.current

    def add(self, message: ChatMessage) -> None:
        """message.sequence_id is current + 1."""
        self.current = message.sequence_id
        self._put(message.sequence_id, message)
        self._seen[message.sender_id, message.message_id] = message
        while len(self._seen) > SEEN_LIMIT:
            self._seen.popitem(last=False)

    def duplicate(self, sender: ParticipantId, message_id: str) -> ChatMessage | None:
        found = self._seen.get((sender, message_id))
        return None if found is None else self.get(found.sequence_id) or found

    def get(self, sequence_id: int) -> ChatMessage | None:
        return self._kept.get(sequence_id)

    def said(self) -> Sequence[ChatMessage]:
        return [one for one in self._kept.values() if one is not None]

    def redact(self, message: ChatMessage) -> ChatMessage:
        bare = replace(message, content="", status=MessageStatus.REDACTED)
        self._kept[message.sequence_id] = bare
        self._seen[message.sender_id, message.message_id] = bare
        return bare

    def disown(self, message: ChatMessage) -> None:
        """Nobody said it, and nothing."""
        self._seen.pop((message.sender_id, message.message_id), None)
        self._kept[message.sequence_id] = replace(
            message,
            message_id="",
            sender_id=NOBODY,
            sender_name="",
            content="",
            status=MessageStatus.REDACTED,
        )

    def after(self, after: int, limit: int) -> MessagePage:
        oldest = next(iter(self._kept), self.current + 1)
        if after > self.current or after + 1 < oldest:
            return self.last(RESET_TO, reset=True)
        numbers = range(after + 1, self.current + 1)
        found = [one for number in numbers if (one := self._kept.get(number)) is not None]
        return MessagePage(tuple(found[:limit]), self.current, self.epoch)

    def last(self, limit: int, *, reset: bool = False) -> MessagePage:
        return MessagePage(tuple(self.said()[-limit:]), self.current, self.epoch, reset)

    def _put(self, number: int, message: ChatMessage | None) -> None:
        self._kept[number] = message
        while len(self._kept) > LOG_LIMIT:
            self._kept.popitem(last=False)
