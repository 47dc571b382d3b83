"""How long to wait before the next try to connect."""

from collections.abc import Callable

from luka_bot.client.errors import ConnectionLost

LONGEST = 30.0  # s
JITTER = 0.2  # of the wait, more or less, so that not all come back at once
STABLE = 10.0  # s that a connection has to stand until its loss is a new one


class Backoff:
    """tries: to connect, one after the other, before it is given up."""

    def __init__(self, tries: int, chance: Callable[[], float]) -> None:
        self._tries = tries
        self._chance = chance
        self._tried = 0
        self._waits = 0
        self._begun = False

    def next(self, at_least: float = 0.0) -> float:
        """Seconds until the next try: 1, 2, 4 to 30; the very first is free.

        Raises ConnectionLost when there were so many already."""
        if not self._begun:
            self._begun = True
            self._tried = 1
            return 0.0
        if self._tried >= self._tries:
            raise ConnectionLost(self._tried)
        wait = min(LONGEST, 2.0 ** min(self._waits, 10))
        self._tried += 1
        self._waits += 1
        return max(at_least, wait * (1 - JITTER + 2 * JITTER * self._chance()))

    def stood(self, seconds: float) -> None:
        """A connection ended after so many seconds."""
        if seconds >= STABLE:
            self._tried = 0
            self._waits = 0
