"""Between the fields of a job in Redis and who looks after it."""

from collections.abc import Mapping

from luka_bot.models.ids import ChatId, MessageId, TopicId, UserId
from luka_bot.models.overseer import Overseer


def overseer_fields(overseer: Overseer) -> list[str]:
    """field, value, field, value."""
    return [
        *("by", str(overseer.by)),
        *("by_name", overseer.by_name),
        *("language", overseer.language),
        *("chat", str(overseer.chat_id)),
        *("topic", str(overseer.topic_id or "")),
        *("message", str(overseer.message_id)),
    ]


def overseer_of(fields: Mapping[str, str]) -> Overseer:
    topic = fields.get("topic", "")
    return Overseer(
        by=UserId(int(fields["by"])),
        by_name=fields["by_name"],
        language=fields["language"],
        chat_id=ChatId(int(fields["chat"])),
        topic_id=TopicId(int(topic)) if topic else None,
        message_id=MessageId(int(fields["message"])),
    )
