"""When luka is told how far we have heard."""

from collections.abc import Callable

EVERY = 20  # messages
WITHIN = 5.0  # s


class Acks:
    """Cumulative: an ack of 50 is one of all before it, too."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._taken = 0
        self._count = 0
        self._since = 0.0

    def took(self, sequence_id: int) -> None:
        """Whoever listens has this message."""
        if not self._count:
            self._since = self._now()
        self._count += 1
        self._taken = sequence_id

    def due(self) -> int | None:
        """What is to be acknowledged now."""
        late = self._count and self._now() - self._since >= WITHIN
        return self._taken if self._count >= EVERY or late else None

    def rest(self) -> int | None:
        """What is to be acknowledged before we go."""
        return self._taken if self._count else None

    def told(self) -> None:
        self._count = 0
