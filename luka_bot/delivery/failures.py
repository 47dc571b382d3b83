"""What went wrong between us and Telegram, sorted once.

DeliveryError (a LukaError)
├── PersonAway       blocked us, deactivated, or we were removed: drop the work for this chat
├── TopicGone        the topic was deleted; never sent elsewhere instead
├── MessageGone      the message to change is no longer there
├── MaybeSent        twice no answer to a send: it may have arrived, another try may double it
└── NotAccepted      Telegram refuses what we say, and will refuse it again
"""

from luka_bot.models.errors import LukaError
from luka_bot.models.ids import ChatId


class DeliveryError(LukaError):
    """Root of what delivery raises."""


class PersonAway(DeliveryError):
    def __init__(self, chat_id: ChatId) -> None:
        super().__init__(chat_id)
        self.chat_id = chat_id


class TopicGone(DeliveryError):
    """The topic of a target doesn't exist any more."""


class MessageGone(DeliveryError):
    """The message was deleted, or is no longer ours to change."""


class MaybeSent(DeliveryError):
    """A send was cut off twice; counted in the log as delivery.ambiguous_send."""


class NotAccepted(DeliveryError):
    """description is Telegram's own; for the log, never for people."""

    def __init__(self, description: str) -> None:
        super().__init__(description)
        self.description = description
