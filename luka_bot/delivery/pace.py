"""When we may speak again: one Pace per chat, one bucket for the whole bot."""

from luka_bot.models.clock import Clock
from luka_bot.models.ids import ChatId


class Paces:
    """clock is monotonic."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def of(self, chat_id: ChatId) -> "Pace":
        raise NotImplementedError


class Pace:
    """Shared by everything that is sent to one chat."""
