"""What somebody said in conversations that are others'."""

from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import replace

from luka_bot.models.conversation import ChatMessage, Conversation, MessageStatus, MessageType
from luka_bot.models.conversation_errors import NotInConversation
from luka_bot.models.errors import ThreadGone
from luka_bot.models.ids import ThreadId, UserId
from luka_bot.models.message import Message, Role
from luka_bot.models.participant import human
from luka_bot.models.thread import Thread, ThreadKind
from luka_bot.services.conversations.conversation_service import ConversationService
from luka_bot.services.conversations.saying import Listed
from luka_bot.storage.chat.shapes import LOG_LIMIT, PAGE_LIMIT
from luka_bot.storage.threads import blank_thread


class OwnWords:
    """Methods raise StorageAway."""

    def __init__(self, conversations: ConversationService) -> None:
        self._conversations = conversations

    async def all(
        self, user_id: UserId
    ) -> AsyncGenerator[tuple[Thread, tuple[Message, ...]], None]:
        """Conversation by conversation; one that is left or goes meanwhile is left out."""
        for listed in await self._conversations.listed(user_id):
            if listed.owner == user_id or listed.conversation is None:
                continue
            with suppress(ThreadGone, NotInConversation):
                said = await self._said(user_id, listed.conversation_id)
                yield _thread(listed, listed.conversation), said

    async def _said(self, user_id: UserId, thread_id: ThreadId) -> tuple[Message, ...]:
        last = await self._conversations.messages(user_id, thread_id, None, 1)
        current = last.current_sequence_id
        after, said = max(0, current - LOG_LIMIT), []
        while after < current:
            page = await self._conversations.messages(user_id, thread_id, after, PAGE_LIMIT)
            said += [_message(user_id, one) for one in page.messages if _is_theirs(one, user_id)]
            after = page.messages[-1].sequence_id if page.messages else current
        return tuple(said)


def _is_theirs(message: ChatMessage, user_id: UserId) -> bool:
    is_theirs = message.sender_id == human(user_id) and message.message_type is MessageType.TEXT
    return is_theirs and message.status is not MessageStatus.REDACTED


def _message(user_id: UserId, said: ChatMessage) -> Message:
    return Message(
        Role.USER,
        said.content,
        id=said.message_id,
        seq=said.sequence_id,
        name=said.sender_name,
        sender_id=user_id,
        ts=said.timestamp,
    )


def _thread(listed: Listed, conversation: Conversation) -> Thread:
    """As much of it as is theirs to know."""
    blank = blank_thread(listed.owner, listed.name, listed.updated_at)
    kind = ThreadKind.GROUP if conversation.chat_id is not None else ThreadKind.SHARED
    return replace(blank, thread_id=listed.conversation_id, kind=kind)
