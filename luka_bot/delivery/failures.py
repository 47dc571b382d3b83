"""What goes wrong between us and Telegram, one tree.

DeliveryError (a LukaError)
├── PersonAway       blocked us, deactivated, or we were removed: drop the work for this chat
├── TopicGone        the topic was deleted or closed; never sent elsewhere instead
├── MessageGone      the message to change is no longer there
├── TakenOver        another process goes on with this answer: say no more
├── MaybeSent        no answer to a first preview: it may stand there, but nobody knows where
├── NotAccepted      Telegram refuses what we say, and will refuse it again
├── Passing          another time it would have worked; wire.py waits and tries again
│   ├── Flooded      too fast; certainly not taken
│   ├── Unreached    no connection, or a 5xx of Telegram's front: as good as certainly not taken
│   └── Unanswered   the connection broke after we had spoken: taken or not, nobody knows
├── Otherwise        the same in another form would work; courier.py changes it
│   ├── StylesRefused  the entities or tags can't be parsed
│   ├── TooLong
│   └── ChatMoved    the group became a supergroup with another id
└── Done             it looks like a failure and is none
    ├── Unchanged    the message stands like this already
    └── Taken        done, but the answer couldn't be read
"""

from luka_bot.models.errors import LukaError
from luka_bot.models.ids import ChatId, MessageId


class DeliveryError(LukaError):
    """Root of what delivery raises."""


class PersonAway(DeliveryError):
    """muted: we are still there, but may not write."""

    def __init__(self, chat_id: ChatId, *, muted: bool = False) -> None:
        super().__init__(chat_id)
        self.chat_id = chat_id
        self.muted = muted


class TopicGone(DeliveryError):
    """The topic of a target doesn't exist any more, or takes no messages."""


class MessageGone(DeliveryError):
    """The message was deleted, or is no longer ours to change."""


class MaybeSent(DeliveryError):
    """Raised by previews alone; a last word is sent until Telegram has answered."""


class TakenOver(DeliveryError):
    """Whatever we sent now would be said twice."""


class NotAccepted(DeliveryError):
    """description is Telegram's own; for the log, never for people."""

    def __init__(self, description: str) -> None:
        super().__init__(description)
        self.description = description


class Passing(DeliveryError):
    """Another time it would have worked."""


class Flooded(Passing):
    """seconds: how long to be silent; None if Telegram didn't say."""

    def __init__(self, seconds: float | None) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Unreached(Passing):
    """Nobody took it."""


class Unanswered(Passing):
    """Perhaps somebody took it."""


class Otherwise(DeliveryError):
    """The same in another form would work."""


class StylesRefused(Otherwise):
    """can't parse entities."""


class TooLong(Otherwise):
    """More than a message holds."""


class ChatMoved(Otherwise):
    def __init__(self, chat_id: ChatId) -> None:
        super().__init__(chat_id)
        self.chat_id = chat_id


class Done(DeliveryError):
    """There is nothing left to do."""


class Unchanged(Done):
    """message is not modified."""


class Taken(Done):
    """message_id is 0 where the answer didn't even tell that: an edit of it is sent anew."""

    def __init__(self, message_id: MessageId) -> None:
        super().__init__(message_id)
        self.message_id = message_id
