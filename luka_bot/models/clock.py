"""Time as an argument: seconds, wall clock (since the epoch) or monotonic, as the taker says."""

from collections.abc import Callable

Clock = Callable[[], float]
