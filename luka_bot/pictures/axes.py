"""Which numbers stand at an axis, so that they are round and don't touch."""

import math
from collections.abc import Sequence

LINES = 3  # above zero, at most
_BEYOND = 24  # px that a label may reach beyond the end
_TIMES = (1, 2, 5, 10, 20, 30, 60, 120, 180, 240, 300, 600)  # s


def ticks(highest: float) -> list[float]:
    """Zero and some whole numbers, the last no lower than highest."""
    power = 10 ** max(0, math.floor(math.log10(max(highest, 1))) - 1)
    steps = [factor * power for factor in (1, 2, 5, 10, 20, 50)]
    return _upto(highest, steps)


def time_ticks(highest: float) -> list[float]:
    """The same for seconds; below one, also halves and tenths."""
    if highest <= 1:
        return _upto(highest, (0.1, 0.2, 0.5))
    return _upto(highest, _TIMES)


def spread(count: int, step: float, widest: float) -> list[int]:
    """Which of count places get a label, in equal distances: as many as fit, the last as near to
    the end as it has room. step: from one place to the next."""
    every = max(1, math.ceil(widest / step))
    last = count - 1 - max(0, math.ceil(((widest - step) / 2 - _BEYOND) / step))
    return list(range(max(0, last), -1, -every))[::-1]


def _upto(highest: float, steps: Sequence[float]) -> list[float]:
    step = next((one for one in steps if one * LINES >= highest), steps[-1])
    return [step * line for line in range(max(1, math.ceil(highest / step)) + 1)]
