"""Somebody's conversations in a list, and who is there now."""

from datetime import UTC

from luka_bot.models.conversation import Membership
from luka_bot.models.ids import ParticipantId, ThreadId, UserId
from luka_bot.models.participant import human
from luka_bot.models.thread import THREADS_LIMIT, Thread
from luka_bot.services.conversations.desk import Part
from luka_bot.services.conversations.frames import AWAY_AFTER
from luka_bot.services.conversations.saying import Listed


class Overview(Part):
    async def listed(self, who: UserId) -> tuple[Listed, ...]:
        """Threads of their own and conversations that they are in, newest first."""
        page = await self._desk.threads.list_threads(who, 0, THREADS_LIMIT)
        shared = await self._desk.storage.conversations_of(human(who))
        found = {one.thread_id: _thread(one) for one in page.threads if one.user_id == who}
        for one in shared:
            key = one.conversation.conversation_id
            own = found.get(key)
            at = max(one.said_at, own.updated_at if own else 0.0)
            found[key] = _conversation(one, at)
        return tuple(sorted(found.values(), key=lambda one: one.updated_at, reverse=True))

    async def present(self, conversation_id: ThreadId) -> frozenset[ParticipantId]:
        """Who has a socket open, in whichever process."""
        since = self._desk.now() - AWAY_AFTER
        return frozenset(await self._desk.storage.present(conversation_id, since))


def _thread(thread: Thread) -> Listed:
    return Listed(
        conversation_id=thread.thread_id,
        name=thread.name,
        owner=thread.user_id,
        participant_count=1,
        current_sequence_id=thread.message_count,
        own_sequence_id=thread.message_count,
        updated_at=thread.updated_at.astimezone(UTC).timestamp(),
    )


def _conversation(membership: Membership, updated_at: float) -> Listed:
    conversation = membership.conversation
    return Listed(
        conversation_id=conversation.conversation_id,
        name=conversation.name,
        owner=conversation.owner,
        participant_count=len(conversation.participants),
        current_sequence_id=conversation.current_sequence_id,
        own_sequence_id=membership.spoke,
        updated_at=updated_at,
        conversation=conversation,
    )
