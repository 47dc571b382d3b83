"""Where a message goes: chat, topic and the message it answers."""

from dataclasses import dataclass, replace
from typing import Self

from luka_bot.models.ids import ChatId, MessageId, TopicId


@dataclass(frozen=True, slots=True)
class Target:
    chat_id: ChatId
    topic_id: TopicId | None = None
    reply_to: MessageId | None = None

    @property
    def is_group(self) -> bool:
        """Telegram numbers people upwards from zero and groups downwards."""
        return self.chat_id < 0

    def without_reply(self) -> Self:
        return replace(self, reply_to=None)
