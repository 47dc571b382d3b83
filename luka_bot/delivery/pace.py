"""When we may speak again: one Pace per chat, one bucket for the whole bot."""

from collections import OrderedDict
from dataclasses import dataclass

from luka_bot.models.clock import Clock
from luka_bot.models.ids import ChatId

BOT_RATE = 28.0  # calls a second; Telegram allows about 30
CHATS_KEPT = 5000
FIRST_TEXT_AFTER = 0.7  # s of tokens, if no sentence has ended before

_SENTENCE_END = (". ", "! ", "? ", "… ", ".\n", "!\n", "?\n", ":\n", "\n\n", "。", "！", "？")


@dataclass(frozen=True, slots=True)
class Gaps:
    """Seconds between previews. Telegram counts edits as sends."""

    dm: float = 1.5  # about one a second and chat
    group: float = 3.5  # 20 a minute and group


def worth_showing(text: str, growing_for: float) -> bool:
    """Whether a first preview makes sense; growing_for counts from the first token."""
    if not text.strip():
        return False
    return growing_for >= FIRST_TEXT_AFTER or any(end in text for end in _SENTENCE_END)


class Bucket:
    """So many calls a second for the whole bot; a second's worth may go out at once."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._level = rate
        self._filled_at = 0.0

    def run_at(self, rate: float) -> None:
        self._rate = rate
        self._level = min(self._level, rate)

    def take(self, now: float) -> float:
        """Take one call; the seconds until it may go out (its place is kept)."""
        gained = max(now - self._filled_at, 0.0) * self._rate
        self._level = min(self._level + gained, self._rate) - 1
        self._filled_at = now
        return max(-self._level / self._rate, 0.0)

    def ample(self, now: float) -> bool:
        """Whether half a second's worth is left, so that what can wait needn't be left out."""
        return self._level + max(now - self._filled_at, 0.0) * self._rate > self._rate / 2

    def wait(self, now: float) -> float:
        """Seconds until a call could go out at once; takes nothing."""
        level = self._level + max(now - self._filled_at, 0.0) * self._rate
        return max((1 - level) / self._rate, 0.0)


class Pace:
    """Shared by everything that is sent to one chat, in all its topics. Times are monotonic."""

    def __init__(self, gap: float, clock: Clock, bucket: Bucket) -> None:
        self._gap = gap
        self._clock = clock
        self._bucket = bucket
        self._spoke_at = float("-inf")
        self._silent_until = float("-inf")

    def rest(self) -> float:
        """Seconds until a preview may be drawn: the gap, any silence, and the whole bot's turn."""
        now = self._clock()
        return max(
            self._spoke_at + self._gap - now, self._silent_until - now, self._bucket.wait(now), 0.0
        )

    def silence(self) -> float:
        """Seconds that Telegram has told this chat to wait; a last word waits for no more."""
        return max(self._silent_until - self._clock(), 0.0)

    def ample(self) -> bool:
        """Whether the bot can spare a call for something that may be left out."""
        return self._bucket.ample(self._clock())

    def turn(self) -> float:
        """Take one of the bot's calls; the seconds until it may go out."""
        return self._bucket.take(self._clock())

    def spoken(self) -> None:
        self._spoke_at = self._clock()

    def hush(self, seconds: float) -> None:
        """Telegram's retry_after: nothing goes to this chat before it is over."""
        self._silent_until = max(self._silent_until, self._clock() + seconds)

    @property
    def idle(self) -> bool:
        return self.silence() == 0 and self._clock() - self._spoke_at > self._gap


class Paces:
    """clock is monotonic. Chats that were quiet the longest are forgotten beyond CHATS_KEPT."""

    def __init__(
        self,
        clock: Clock,
        *,
        gaps: Gaps = Gaps(),
        rate: float = BOT_RATE,
        kept: int = CHATS_KEPT,
    ) -> None:
        self._clock = clock
        self._gaps = gaps
        self._rate = rate
        self._kept = kept
        self._bucket = Bucket(rate)
        self._paces: OrderedDict[ChatId, Pace] = OrderedDict()

    def __len__(self) -> int:
        return len(self._paces)

    def share(self, replicas: int) -> None:
        """The bot's rate is divided by so many processes."""
        self._bucket.run_at(self._rate / max(replicas, 1))

    def of(self, chat_id: ChatId) -> Pace:
        pace = self._paces.get(chat_id)
        if pace is None:
            gap = self._gaps.group if chat_id < 0 else self._gaps.dm
            pace = self._paces[chat_id] = Pace(gap, self._clock, self._bucket)
            self._forget_idle()
        self._paces.move_to_end(chat_id)
        return pace

    def _forget_idle(self) -> None:
        """A chat that still has to be silent is never forgotten."""
        surplus = len(self._paces) - self._kept
        idle = [chat_id for chat_id, pace in self._paces.items() if pace.idle][:-1]
        for chat_id in idle[: max(surplus, 0)]:
            del self._paces[chat_id]
