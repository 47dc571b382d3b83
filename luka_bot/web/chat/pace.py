"""So many in so many seconds, and no more."""

from collections import deque

from luka_bot.models.clock import Clock


class Pace:
    """clock: monotonic."""

    def __init__(self, most: int, seconds: float, clock: Clock) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._times: deque[float] = deque()

    def take(self) -> float:
        """0 if there was room for one more, else the seconds until there is."""
        now = self._clock()
        self._forget(now)
        if len(self._times) >= self._most:
            return max(self._times[0] + self._seconds - now, 0.001)
        self._times.append(now)
        return 0.0

    @property
    def is_idle(self) -> bool:
        self._forget(self._clock())
        return not self._times

    def _forget(self, now: float) -> None:
        while self._times and now - self._times[0] >= self._seconds:
            self._times.popleft()
