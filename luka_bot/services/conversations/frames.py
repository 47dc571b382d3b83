"""Messages and states as frames of the wire, and back."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from luka_bot.models.conversation import ChatMessage, Conversation, MessageStatus, Policy
from luka_bot.models.ids import ParticipantId
from luka_bot.models.participant import ParticipantInfo, ParticipantType

VERSION = "luka.chat.v1"
AWAY_AFTER = 45.0  # s without a sign of life, after which nobody counts on somebody


def message_frame(message: ChatMessage) -> dict[str, Any]:
    frame: dict[str, Any] = {
        "type": "message",
        "id": message.message_id,
        "sequence_id": message.sequence_id,
        "sender_id": message.sender_id,
        "sender_name": message.sender_name,
        "sender_type": message.sender_type.value,
        "message_type": message.message_type.value,
        "content": message.content,
        "server_timestamp": datetime.fromtimestamp(message.timestamp, UTC).isoformat(
            timespec="milliseconds"
        ),
    }
    if message.reply_to is not None:
        frame["reply_to"] = message.reply_to
    if message.status is MessageStatus.REDACTED:
        frame["redacted"] = True
    return frame


def participant_json(participant: ParticipantInfo, *, online: bool = False) -> dict[str, Any]:
    return {
        "id": participant.id,
        "name": participant.name,
        "type": participant.type.value,
        "online": online,
    }


def updated(conversation: Conversation, frame: Mapping[str, Any]) -> Conversation:
    """As an update_frame tells it; one of the action "policy" tells that, too."""
    people = tuple(
        ParticipantInfo(ParticipantId(one["id"]), one["name"], ParticipantType(one["type"]), 0.0)
        for one in frame["participants"]
    )
    policy = conversation.policy
    if frame.get("action") == "policy":
        policy = Policy(frame["policy"]) if frame["policy"] else None
    return replace(conversation, participants=people, policy=policy)


def mode_json(conversation: Conversation) -> dict[str, Any]:
    """input_timeout in milliseconds."""
    mode = conversation.input_mode
    return {"input_mode": mode.value, "input_timeout": round(mode.seconds * 1000)}


def update_frame(
    conversation: Conversation, action: str, online: Collection[ParticipantId], **more: object
) -> dict[str, Any]:
    """Who takes part by now. action: what has changed."""
    return {
        "type": "participant_update",
        "action": action,
        "participants": [
            participant_json(one, online=one.id in online) for one in conversation.participants
        ],
        "participant_count": len(conversation.participants),
        **mode_json(conversation),
        **more,
    }
