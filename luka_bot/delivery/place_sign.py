"""Which words about a place in the line are worth showing, and when."""

from luka_bot.models.clock import Clock

SHOWN_AFTER = 1.5  # s; who waits for less needn't know
SHOWN_EVERY = 3.0  # s; an edit counts as a send, and the answer wants its share


class PlaceSign:
    """Newest words win; what was slower is never shown. clock is monotonic."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._words = ""
        self._shown = ""
        self._due_at: float | None = None
        self.waits = False

    def tell(self, words: str, *, waits: bool) -> None:
        """waits False: it's their turn, which only matters to those who have seen their place."""
        self.waits = waits
        self._words = words if waits or self._shown else ""
        if self._due_at is None:
            self._due_at = self._clock() + SHOWN_AFTER

    def due_in(self) -> float | None:
        """Seconds until there is something to show, at least; None if there is nothing new."""
        if self._due_at is None or self._words in ("", self._shown):
            return None
        return max(self._due_at - self._clock(), 0.0)

    def take(self) -> str:
        """What to show now."""
        self._shown = self._words
        self._due_at = self._clock() + SHOWN_EVERY
        return self._words

    def missed(self) -> None:
        """It doesn't stand there; another try is due as an edit would be."""
        self._shown = ""
