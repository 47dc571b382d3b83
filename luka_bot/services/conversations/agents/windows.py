"""For how long what is said belongs to one question, and when it is answered."""

from dataclasses import dataclass, replace
from typing import Self

from luka_bot.models.conversation import InputMode


@dataclass(frozen=True, slots=True)
class InputWindow:
    """Opened by a question's first message. Moments are of a monotonic clock.

    Alone with an agent nobody waits: the answer begins at once, and anew with more of the same
    window. Where several people speak it begins when the window ends, or as soon as the agent is
    addressed; also then more of the same window begins it anew.
    """

    starts_at: float
    ends_at: float

    @classmethod
    def opened(cls, mode: InputMode, now: float, *, addressed: bool, seconds: float) -> Self:
        at_once = addressed or mode is InputMode.SINGLE
        return cls(now if at_once else now + seconds, now + seconds)

    def with_more(self, now: float, *, addressed: bool) -> "InputWindow":
        return replace(self, starts_at=min(self.starts_at, now)) if addressed else self

    def takes(self, now: float) -> bool:
        return now < self.ends_at

    def starts(self, now: float) -> bool:
        return now >= self.starts_at

    def patience(self, now: float) -> float | None:
        """Seconds until something changes by itself; None if nothing does."""
        ahead = [moment - now for moment in (self.starts_at, self.ends_at) if moment > now]
        return min(ahead, default=None)
