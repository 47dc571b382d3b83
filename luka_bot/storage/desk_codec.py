"""Between the fields of a job in Redis and who looks after it."""

from collections.abc import Mapping

from luka_bot.models.desk import Desk
from luka_bot.models.ids import ChatId, MessageId, TopicId, UserId


def desk_fields(desk: Desk) -> list[str]:
    """field, value, field, value."""
    return [
        *("by", str(desk.by)),
        *("by_name", desk.by_name),
        *("language", desk.language),
        *("chat", str(desk.chat_id)),
        *("topic", str(desk.topic_id or "")),
        *("message", str(desk.message_id)),
    ]


def desk_of(fields: Mapping[str, str]) -> Desk:
    topic = fields.get("topic", "")
    return Desk(
        by=UserId(int(fields["by"])),
        by_name=fields["by_name"],
        language=fields["language"],
        chat_id=ChatId(int(fields["chat"])),
        topic_id=TopicId(int(topic)) if topic else None,
        message_id=MessageId(int(fields["message"])),
    )
