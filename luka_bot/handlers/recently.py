"""What a chat was told a moment ago, and needn't hear again for each message of a flood."""

from luka_bot.models.clock import Clock
from luka_bot.models.ids import ChatId


class Recently:
    """clock is monotonic; seconds: how long a moment is."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock = clock
        self._seconds = seconds
        self._told: dict[tuple[ChatId, str], float] = {}

    def told(self, chat_id: ChatId, what: str) -> bool:
        """False if it is news; from then on it is none."""
        now = self._clock()
        self._told = {key: at for key, at in self._told.items() if now - at < self._seconds}
        if (chat_id, what) in self._told:
            return True
        self._told[chat_id, what] = now
        return False
