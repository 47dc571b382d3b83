"""How far a download is and how fast it goes, from the lines that its server writes."""

from collections import deque

from luka_bot.llm.protocol import PullProgress
from luka_bot.llm.pull_totals import PullTotals
from luka_bot.models.clock import Clock
from luka_bot.models.pull import Phase

WINDOW = 20.0  # s over which the speed is measured


class Gauge:
    """clock is monotonic. completed and total begin where an earlier process had come to."""

    def __init__(self, completed: int, total: int, clock: Clock) -> None:
        self.completed = completed
        self.total = total
        self.phase = Phase.BEGINNING
        self.moved_at = clock()
        self._clock = clock
        self._totals = PullTotals()
        self._seen: set[str] = set()
        self._gained = 0
        self._samples: deque[tuple[float, int]] = deque()

    def hear(self, line: PullProgress) -> None:
        if not line.digest:
            ends = line.status.startswith(("verifying", "writing", "removing"))
            self.phase = Phase.CHECKING if ends else self.phase
            return
        self.phase = Phase.LOADING
        before = self._totals.completed
        self._totals.add(line)
        gained = self._totals.completed - before
        if gained:
            self.moved_at = self._clock()
        if line.digest in self._seen:
            self._gained += gained  # what was there before tells nothing of the speed
        self._seen.add(line.digest)
        self._sample()
        if self._totals.total >= self.total or self._totals.completed > self.completed:
            self.completed, self.total = self._totals.completed, self._totals.total

    def wait(self) -> None:
        """The server is away."""
        self.phase = Phase.WAITING
        self._samples.clear()

    def speed(self) -> float:
        """Bytes a second; 0.0 as long as nobody can tell."""
        if len(self._samples) < 2:
            return 0.0
        (since, first), (until, last) = self._samples[0], self._samples[-1]
        return (last - first) / (until - since) if until - since >= 1 else 0.0

    def _sample(self) -> None:
        now = self._clock()
        if self._samples and now - self._samples[-1][0] < 0.5:
            return
        self._samples.append((now, self._gained))
        while now - self._samples[0][0] > WINDOW:
            self._samples.popleft()
