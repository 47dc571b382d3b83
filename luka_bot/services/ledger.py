"""What each turn took, written down beside whoever waits for its answer."""

import structlog

from luka_bot.background import Background
from luka_bot.models.clock import Clock
from luka_bot.models.stats import Spent
from luka_bot.patience import insist
from luka_bot.storage.stats import StatsStore

log = structlog.get_logger(__name__)


class Ledger:
    """now: seconds since the epoch. While Redis is away it is written later, as of when it was."""

    def __init__(self, store: StatsStore, background: Background, now: Clock) -> None:
        self._store = store
        self._background = background
        self._now = now

    def spent(self, spent: Spent) -> None:
        at = self._now()
        self._background.spawn("record turn", insist(lambda: self._store.record(spent, at)))
