"""The threads below conversations: whose list has them, and what their history keeps."""

from collections.abc import Sequence

from luka_bot.models.clock import Clock
from luka_bot.models.conversation import ChatMessage, MessageStatus, MessageType
from luka_bot.models.ids import ThreadId, UserId
from luka_bot.models.message import Message, Role
from luka_bot.models.participant import ParticipantType, user_of
from luka_bot.storage.threads import ThreadStore


class KeptThreads:
    """now: seconds since the epoch. Methods may raise StorageAway, ThreadGone."""

    def __init__(self, threads: ThreadStore, now: Clock) -> None:
        self._threads = threads
        self._now = now

    async def mark_conversation(self, thread_id: ThreadId) -> None:
        await self._threads.mark_conversation(thread_id)

    async def admit(self, user_id: UserId, thread_id: ThreadId, *, active: bool) -> None:
        await self._threads.add_member(user_id, thread_id, active=active)

    async def dismiss(self, user_id: UserId, thread_id: ThreadId) -> None:
        await self._threads.remove_member(user_id, thread_id)

    async def redact(self, thread_id: ThreadId, message: ChatMessage) -> None:
        await self._threads.remove_from_history(thread_id, message.sequence_id)

    async def written(self, conversation_id: ThreadId) -> int:
        return await self._threads.history_upto(conversation_id)

    async def append(self, conversation_id: ThreadId, messages: Sequence[ChatMessage]) -> None:
        items = [(one.sequence_id, _kept(one)) for one in messages]
        await self._threads.append_history(conversation_id, items, self._now())


def _kept(said: ChatMessage) -> Message | None:
    """As a thread's history has it; None for what no model needs to hear."""
    if said.message_type in {MessageType.SYSTEM, MessageType.ERROR}:
        return None
    if said.status is MessageStatus.REDACTED:
        return None
    is_agent = said.sender_type is ParticipantType.AGENT
    return Message(
        role=Role.ASSISTANT if is_agent else Role.USER,
        content=said.content,
        seq=said.sequence_id,
        name=said.sender_name,
        sender_id=None if is_agent else user_of(said.sender_id),
        ts=said.timestamp,
    )
