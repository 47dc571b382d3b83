"""Between what Redis holds of conversations and what the rest of luka knows."""

import json
from collections.abc import Sequence
from typing import Any

from luka_bot.models.conversation import (
    ChatMessage,
    Conversation,
    Draft,
    Membership,
    MessageStatus,
    MessageType,
    Policy,
)
from luka_bot.models.errors import ThreadGone
from luka_bot.models.ids import ChatId, ParticipantId, ThreadId, TopicId
from luka_bot.models.participant import Door, ParticipantInfo, ParticipantType, is_agent
from luka_bot.storage import codec
from luka_bot.storage.client import Reply

_KINDS = {one.value: one for one in MessageType}
_STATUSES = {one.value: one for one in MessageStatus}
_SENDERS = {one.value: one for one in ParticipantType}


def accepted(reply: Reply, conversation_id: ThreadId) -> Reply:
    """What follows a script's "OK". Raises ThreadGone."""
    if reply[0] == "GONE":
        raise ThreadGone(conversation_id)
    return reply[1:]


def draft_text(draft: Draft) -> str:
    """JSON to which the script adds the number, in front."""
    sender = ParticipantType.AGENT if is_agent(draft.sender_id) else ParticipantType.HUMAN
    return _json(
        {
            "message_id": draft.message_id,
            "conversation_id": draft.conversation_id,
            "sender_id": draft.sender_id,
            "sender_name": draft.sender_name,
            "sender_type": sender.value,
            "content": draft.content,
            "timestamp": draft.timestamp,
            "message_type": draft.message_type.value,
            "reply_to": draft.reply_to,
            "hops": draft.hops,
        }
    )


def message_text(message: ChatMessage) -> str:
    """Of one that was said before there was a log; without its number."""
    return _json(
        {
            "message_id": message.message_id,
            "conversation_id": message.conversation_id,
            "sender_id": message.sender_id,
            "sender_name": message.sender_name,
            "sender_type": message.sender_type.value,
            "content": message.content,
            "timestamp": message.timestamp,
            "message_type": message.message_type.value,
        }
    )


def message(text: str) -> ChatMessage:
    fields: dict[str, Any] = json.loads(text)
    reply_to = fields.get("reply_to")
    return ChatMessage(
        message_id=fields["message_id"],
        conversation_id=ThreadId(fields["conversation_id"]),
        sequence_id=int(fields["sequence_id"]),
        sender_id=ParticipantId(fields["sender_id"]),
        sender_name=fields["sender_name"],
        sender_type=_SENDERS[fields["sender_type"]],
        content=fields["content"],
        timestamp=float(fields["timestamp"]),
        message_type=_KINDS[fields["message_type"]],
        status=_STATUSES[fields.get("status", "stored")],
        reply_to=None if reply_to is None else int(reply_to),
        hops=int(fields.get("hops", 0)),
    )


def member_text(who: ParticipantInfo) -> str:
    return _json(
        {
            "name": who.name,
            "type": who.type.value,
            "joined_at": who.joined_at,
            "doors": sorted(door.value for door in who.doors),
        }
    )


def member(pid: str, text: str) -> ParticipantInfo:
    fields = json.loads(text)
    return ParticipantInfo(
        ParticipantId(pid),
        fields["name"],
        _SENDERS[fields["type"]],
        float(fields["joined_at"]),
        frozenset(Door(door) for door in fields["doors"] or ()),
    )


def conversation(state: Sequence[Sequence[str]]) -> Conversation:
    """From a script's state: the thread's hash, the conversation's, its members."""
    thread, about = codec.thread(state[0]), _pairs(state[1])
    members = [member(pid, text) for pid, text in _pairs(state[2]).items()]
    members.sort(key=lambda one: (one.joined_at, one.id))
    chat, topic, policy = about.get("chat_id"), about.get("topic_id"), about.get("policy")
    return Conversation(
        conversation_id=thread.thread_id,
        name=thread.name,
        owner=thread.user_id,
        kind=thread.kind,
        epoch=about["epoch"],
        current_sequence_id=int(about["seq"]),
        participants=tuple(members),
        policy=Policy(policy) if policy else None,
        chat_id=ChatId(int(chat)) if chat else None,
        topic_id=TopicId(int(topic)) if topic else None,
    )


def membership(state: Sequence[Sequence[str]], participant: ParticipantId) -> Membership:
    about = _pairs(state[1])
    spoke = int(about.get(f"spoke:{participant}", "0"))
    return Membership(conversation(state), float(about.get("said_at", "0")), spoke)


def _pairs(flat: Sequence[str]) -> dict[str, str]:
    return dict(zip(flat[::2], flat[1::2], strict=True))


def _json(fields: dict[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
