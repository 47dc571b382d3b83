"""What is said, in memory."""

from luka_bot.models.conversation import (
    ChatMessage,
    Draft,
    MessagePage,
    MessageStatus,
    MessageType,
    Stored,
    Work,
    WorkKind,
)
from luka_bot.models.conversation_errors import (
    MessageMissing,
    NotInConversation,
    NotIntroduced,
    QueueFullError,
)
from luka_bot.models.ids import ParticipantId, ThreadId
from luka_bot.models.participant import agent_name, is_agent
from luka_bot.storage.chat.memory_base import MemoryBase, _posts
from luka_bot.storage.chat.room import Room
from luka_bot.storage.chat.shapes import PAGE_LIMIT, ChatLimits
from luka_bot.storage.meeting import Introduction


class MemoryTalk(MemoryBase):
    async def store_message(
        self, draft: Draft, limits: ChatLimits, introduction: Introduction | None = None
    ) -> Stored:
        if introduction is not None:  # whom luka knows isn't known here
            raise NotIntroduced
        room = self._room(draft.conversation_id)
        if draft.message_type is not MessageType.SYSTEM and draft.sender_id not in room.members:
            raise NotInConversation(draft.conversation_id)
        known = room.log.duplicate(draft.sender_id, draft.message_id)
        if known is not None:
            return Stored(known, duplicate=True, depth=len(room.work))
        if draft.ends is not None and room.work.pop(draft.ends.key, None) is None:
            raise MessageMissing
        works = [*_posts(room, draft.origin), *_agents(room, draft)]
        cancelled = self._make_room(room, draft, len(works), limits.queue_size)
        message = self._store(room, draft, works)
        return Stored(message, cancelled=cancelled, depth=len(room.work))

    def _make_room(self, room: Room, draft: Draft, more: int, queue_size: int) -> tuple[Work, ...]:
        """Raises QueueFullError. A single message may owe more than the whole queue; an answer
        always finds room, since its question had it."""
        cancelled: list[Work] = []
        is_system = draft.message_type is MessageType.SYSTEM
        if is_agent(draft.sender_id) and not is_system:
            return ()
        waiting = [] if is_system else room.waiting_agents()
        while room.work and len(room.work) + more > queue_size:
            if not waiting:
                for one in cancelled:
                    room.work[one.key] = one
                raise QueueFullError(draft.conversation_id, len(room.work), queue_size)
            gone = waiting.pop(0)
            del room.work[gone.key]
            cancelled.append(gone)
        for one in cancelled:
            self._tell(draft.conversation_id, {"type": "work_cancelled", "work": one.key})
        return tuple(cancelled)

    async def get_next_sequence_id(self, conversation_id: ThreadId) -> int:
        return self._room(conversation_id).log.take()

    async def get_conversation_messages(
        self, conversation_id: ThreadId, after: int, limit: int = PAGE_LIMIT
    ) -> MessagePage:
        return self._room(conversation_id).log.after(after, min(limit, PAGE_LIMIT))

    async def last_messages(self, conversation_id: ThreadId, limit: int) -> MessagePage:
        return self._room(conversation_id).log.last(min(limit, PAGE_LIMIT))

    async def redact(
        self, conversation_id: ThreadId, sequence_id: int, by: ParticipantId
    ) -> ChatMessage:
        return self._redacted(self._room(conversation_id), sequence_id, by)

    def _redacted(self, room: Room, sequence_id: int, by: ParticipantId) -> ChatMessage:
        message = room.log.get(sequence_id)
        if message is None or message.status is MessageStatus.REDACTED:
            raise MessageMissing
        bare = room.log.redact(message)
        self._taken_back(room, sequence_id, by)
        return bare

    def _taken_back(self, room: Room, sequence_id: int, by: ParticipantId) -> None:
        undone = [one for one in room.work.values() if one.sequence_id == sequence_id]
        for work in undone:
            del room.work[work.key]
        stands = room.posts.get(sequence_id, {})
        room.owe(Work(WorkKind.ERASE, sequence_id, str(chat)) for chat in stands)
        frame = {"type": "redact", "sequence_id": sequence_id, "by": by}
        self._tell(room.thread.thread_id, frame)


def _agents(room: Room, draft: Draft) -> list[Work]:
    if not draft.asks or draft.message_type is MessageType.SYSTEM:
        return []
    others = (one for one in room.members if is_agent(one) and one != draft.sender_id)
    return [Work(WorkKind.AGENT, 0, agent_name(one)) for one in others]
