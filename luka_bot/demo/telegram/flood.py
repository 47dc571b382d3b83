"""How fast a bot may talk: token buckets, as Telegram counts sends and edits together."""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

from luka_bot.demo.telegram.refusal import TooMany


@dataclass(frozen=True, slots=True)
class Rate:
    """A bucket: so many at once, then `per_second` for ever."""

    burst: int
    per_second: float


@dataclass(frozen=True, slots=True)
class Window:
    calls: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Limits:
    """None, or an empty tuple, is no limit."""

    private: Rate | None = Rate(20, 1.0)
    group: Rate | None = Rate(20, 20 / 60)
    whole: Rate | None = Rate(60, 30.0)
    drafts: tuple[Window, ...] = (Window(20, 5.0), Window(40, 30.0))
    """Drafts and chat actions together, per person."""
    slow_repeated_polls: bool = True
    """The same offset again within 0.5 s brings one update only, within 3 s waits 3 s."""

    @classmethod
    def none(cls) -> Self:
        return cls(private=None, group=None, whole=None, drafts=(), slow_repeated_polls=False)


@dataclass(slots=True)
class _Bucket:
    rate: Rate
    tokens: float
    at: float
    banned_until: float = 0.0

    def refill(self, now: float) -> None:
        grown = self.tokens + (now - self.at) * self.rate.per_second
        self.tokens = min(float(self.rate.burst), grown)
        self.at = now


@dataclass(slots=True)
class Flood:
    """`clock` is monotonic."""

    limits: Limits
    clock: Callable[[], float]
    _buckets: dict[int, _Bucket] = field(default_factory=dict)
    _drafts: dict[int, deque[float]] = field(default_factory=dict)

    def send(self, chat_id: int) -> None:
        """Pay for a send or an edit; TooMany if the chat or the whole bot can't.

        Calls while waiting is ordered don't make the wait longer.
        """
        rate = self.limits.private if chat_id > 0 else self.limits.group
        buckets = [self._bucket(chat_id, rate), self._bucket(0, self.limits.whole)]
        for bucket in buckets:
            self._refuse_if_empty(bucket)
        for bucket in buckets:
            if bucket is not None:
                bucket.tokens -= 1

    def draft(self, chat_id: int) -> None:
        """Pay for a draft or a chat action."""
        now = self.clock()
        past = self._drafts.setdefault(chat_id, deque(maxlen=100))
        for window in self.limits.drafts:
            recent = [at for at in past if at > now - window.seconds]
            if len(recent) >= window.calls:
                raise TooMany(_whole_seconds(recent[-window.calls] + window.seconds - now))
        past.append(now)

    def _bucket(self, key: int, rate: Rate | None) -> _Bucket | None:
        if rate is None:
            return None
        return self._buckets.setdefault(key, _Bucket(rate, rate.burst, self.clock()))

    def _refuse_if_empty(self, bucket: _Bucket | None) -> None:
        if bucket is None:
            return
        now = self.clock()
        bucket.refill(now)
        if now < bucket.banned_until:
            raise TooMany(_whole_seconds(bucket.banned_until - now))
        if bucket.tokens >= 1:
            return
        wait = _whole_seconds((1 - bucket.tokens) / bucket.rate.per_second)
        bucket.banned_until = now + wait
        raise TooMany(wait)


def _whole_seconds(seconds: float) -> int:
    return max(1, math.ceil(seconds))
