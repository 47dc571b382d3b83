"""Where a message goes: chat, topic and the message it answers."""

from dataclasses import dataclass, field, replace
from typing import Self

from luka_bot.delivery.accounts import Account, Receipt, Unkept
from luka_bot.models.ids import ChatId, MessageId, TopicId


@dataclass(frozen=True, slots=True)
class Target:
    """account knows what was sent here, so that it isn't sent twice; None where that is no harm.

    quiet: what is sent here makes no sound.
    """

    chat_id: ChatId
    topic_id: TopicId | None = None
    reply_to: MessageId | None = None
    account: Account | None = field(default=None, compare=False, repr=False)
    quiet: bool = False

    @property
    def is_group(self) -> bool:
        """Telegram numbers people upwards from zero and groups downwards."""
        return self.chat_id < 0

    def receipt(self) -> Receipt:
        """For the next message that is sent here."""
        return Unkept() if self.account is None else self.account.receipt()

    def without_reply(self) -> Self:
        return replace(self, reply_to=None)
