"""Where a long work is looked after."""

from dataclasses import dataclass

from luka_bot.models.ids import ChatId, MessageId, TopicId, UserId


@dataclass(frozen=True, slots=True)
class Overseer:
    """Who runs a long work, and the message in which they see how far it is."""

    by: UserId
    by_name: str
    language: str
    chat_id: ChatId
    topic_id: TopicId | None
    message_id: MessageId
