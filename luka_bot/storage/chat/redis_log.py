"""What is said, in Redis: one script a message."""

import json

from luka_bot.models.conversation import (
    ChatMessage,
    Draft,
    MessagePage,
    MessageStatus,
    MessageType,
    Stored,
    Work,
)
from luka_bot.models.conversation_errors import (
    MessageMissing,
    NotInConversation,
    NotIntroduced,
    QueueFullError,
)
from luka_bot.models.errors import ThreadGone
from luka_bot.models.ids import ParticipantId, ThreadId
from luka_bot.models.participant import ParticipantType, agent_name, is_agent
from luka_bot.storage import keys
from luka_bot.storage.chat import codec
from luka_bot.storage.chat.contract import ChatStorage
from luka_bot.storage.chat.log import RESET_TO
from luka_bot.storage.chat.shapes import PAGE_LIMIT, ChatLimits, Clock
from luka_bot.storage.client import Reply, Storage
from luka_bot.storage.meeting import Introduction
from luka_bot.storage.scripts import Script

_STORE = Script.load("chat_store", "person", "meeting", "chat", repeatable=True)
_NEXT = Script.load("chat_next", "chat")
_PAGE = Script.load("chat_page", "chat", repeatable=True)
_REDACT = Script.load("chat_redact", "chat", "chat_taken")

DEDUP_SECONDS = int(keys.DEDUP_LIFE.total_seconds())
LAST = -1


class RedisTalk(ChatStorage):
    """clock: seconds since the epoch."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def store_message(
        self, draft: Draft, limits: ChatLimits, introduction: Introduction | None = None
    ) -> Stored:
        conversation, sender = draft.conversation_id, draft.sender_id
        kind = "agent" if is_agent(sender) else "human"
        if draft.message_type is MessageType.SYSTEM:
            kind = "system"
        args: list[str | int] = [conversation, sender, codec.draft_text(draft)]
        args += [repr(draft.timestamp), "" if draft.origin is None else draft.origin]
        args += [",".join(map(str, draft.stands)), "1" if draft.asks else "0"]
        args += ["" if draft.ends is None else draft.ends.key, limits.queue_size, kind]
        args += [agent_name(sender) if is_agent(sender) else "", DEDUP_SECONDS]
        dedup = keys.dedup(f"{conversation}:{sender}:{draft.message_id}")
        names = [dedup]
        if introduction is not None:
            names += introduction.names
            args += introduction.args
        reply = await self._storage.run(_STORE, names, args, replicated=True)
        return _stored(reply, draft, limits)

    async def get_next_sequence_id(self, conversation_id: ThreadId) -> int:
        reply = await self._storage.run(_NEXT, args=[conversation_id])
        return int(codec.accepted(reply, conversation_id)[0])

    async def get_conversation_messages(
        self, conversation_id: ThreadId, after: int, limit: int = PAGE_LIMIT
    ) -> MessagePage:
        return await self._page(conversation_id, max(after, 0), limit)

    async def last_messages(self, conversation_id: ThreadId, limit: int) -> MessagePage:
        return await self._page(conversation_id, LAST, limit)

    async def redact(
        self, conversation_id: ThreadId, sequence_id: int, by: ParticipantId
    ) -> ChatMessage:
        frame = json.dumps({"type": "redact", "sequence_id": sequence_id, "by": by})
        args: list[str | int] = [conversation_id, sequence_id, repr(self._clock()), frame]
        reply = await self._storage.run(_REDACT, args=args)
        if reply == ["MISSING"]:
            raise MessageMissing
        return codec.message(codec.accepted(reply, conversation_id)[0])

    async def _page(self, conversation_id: ThreadId, after: int, limit: int) -> MessagePage:
        most = min(limit, PAGE_LIMIT)
        args: list[str | int] = [conversation_id, after, most, RESET_TO]
        reply = await self._storage.run(_PAGE, args=args)
        texts, current, epoch, reset, bare, start = codec.accepted(reply, conversation_id)
        found = [codec.message(text) for text in texts]
        gone = [one for one in map(codec.message, bare) if one.sequence_id > int(start)]
        return MessagePage(
            _merged(found, gone, most, newest=int(start) < 0),
            int(current),
            str(epoch),
            reset == "reset",
        )


def _merged(
    found: list[ChatMessage], gone: list[ChatMessage], most: int, *, newest: bool
) -> tuple[ChatMessage, ...]:
    """Those without words in their place."""
    everything = sorted([*found, *gone], key=lambda one: one.sequence_id)
    return tuple(everything[-most:] if newest else everything[:most])


def _stored(reply: Reply, draft: Draft, limits: ChatLimits) -> Stored:
    conversation = draft.conversation_id
    match reply:
        case ["OK", text, cancelled, depth]:
            works = tuple(Work.from_key(key) for key in cancelled)
            return Stored(codec.message(text), cancelled=works, depth=int(depth))
        case ["DUPLICATE", text, _, depth, number]:
            known = codec.message(text) if text else _forgotten(draft, int(number))
            return Stored(known, duplicate=True, depth=int(depth))
        case ["FULL", depth]:
            raise QueueFullError(conversation, int(depth), limits.queue_size)
        case ["NOT_IN"]:
            raise NotInConversation(conversation)
        case ["ENDED"]:
            raise MessageMissing
        case ["ASK"]:
            raise NotIntroduced
    raise ThreadGone(conversation)


def _forgotten(draft: Draft, number: int) -> ChatMessage:
    """It was stored, and is no longer in the log: taken back, or too old."""
    return ChatMessage(
        message_id=draft.message_id,
        conversation_id=draft.conversation_id,
        sequence_id=number,
        sender_id=draft.sender_id,
        sender_name=draft.sender_name,
        sender_type=ParticipantType.AGENT if is_agent(draft.sender_id) else ParticipantType.HUMAN,
        content="",
        timestamp=draft.timestamp,
        message_type=draft.message_type,
        status=MessageStatus.REDACTED,
    )
