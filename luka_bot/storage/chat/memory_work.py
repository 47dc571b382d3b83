"""What conversations owe, and where their messages stand, in memory."""

from collections.abc import Collection, Sequence

from luka_bot.models.conversation import MessageStatus, Posted, Work, WorkKind
from luka_bot.models.ids import ChatId, MessageId, ParticipantId, ThreadId
from luka_bot.storage.chat.memory_base import MemoryBase

OWING = 100  # conversations that are given at once


class MemoryWork(MemoryBase):
    async def outstanding(self, conversation_id: ThreadId) -> tuple[Work, ...]:
        room = self._rooms.get(conversation_id)
        works = [] if room is None else list(room.work.values())
        return tuple(sorted(works, key=lambda one: one.sequence_id))

    async def finish(self, conversation_id: ThreadId, works: Collection[Work]) -> None:
        room = self._rooms.get(conversation_id)
        for one in works if room else ():
            if room is not None:
                room.work.pop(one.key, None)

    async def add_work(self, conversation_id: ThreadId, work: Work) -> None:
        self._room(conversation_id).owe([work])

    async def owing(self) -> tuple[ThreadId, ...]:
        found = [room for room in self._rooms.values() if room.work]
        found.sort(key=lambda room: room.said_at)
        return tuple(room.thread.thread_id for room in found[:OWING])

    async def host(self, conversation_id: ThreadId, holder: str, seconds: float) -> bool:
        now = self._clock()
        held, until = self._hosts.get(conversation_id, (holder, now))
        if held != holder and until > now:
            return False
        self._hosts[conversation_id] = (holder, now + seconds)
        return True

    async def release(self, conversation_id: ThreadId, holder: str) -> None:
        if self._hosts.get(conversation_id, ("", 0.0))[0] == holder:
            del self._hosts[conversation_id]

    async def posted(
        self,
        conversation_id: ThreadId,
        sequence_id: int,
        chat_id: ChatId,
        messages: Sequence[MessageId],
    ) -> None:
        room = self._room(conversation_id)
        room.posts.setdefault(sequence_id, {})[chat_id] = tuple(messages)
        for one in messages:
            self._stands[chat_id, one] = Posted(conversation_id, sequence_id)
        message = room.log.get(sequence_id)
        if message is not None and message.status is MessageStatus.REDACTED:
            room.owe([Work(WorkKind.ERASE, sequence_id, str(chat_id))])  # taken back meanwhile

    async def posts_of(
        self, conversation_id: ThreadId, sequence_id: int
    ) -> dict[ChatId, tuple[MessageId, ...]]:
        return dict(self._room(conversation_id).posts.get(sequence_id, {}))

    async def post_at(self, chat_id: ChatId, message_id: MessageId) -> Posted | None:
        return self._stands.get((chat_id, message_id))

    async def seen(
        self, conversation_id: ThreadId, participant: ParticipantId, now: float | None
    ) -> None:
        present = self._room(conversation_id).present
        if now is None:
            present.pop(participant, None)
        else:
            present[participant] = now

    async def present(self, conversation_id: ThreadId, since: float) -> dict[ParticipantId, float]:
        present = self._room(conversation_id).present
        return {who: when for who, when in present.items() if when >= since}
