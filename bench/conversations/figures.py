"""A figure with its limit, and with what was measured before luka had conversations."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles


@dataclass(frozen=True, slots=True)
class Row:
    """p95 None: one number. limit: for p95, or the number. reference: as `0.39 / 0.57`.

    binding: the run fails if the limit is exceeded."""

    group: str
    name: str
    p50: float
    p95: float | None = None
    unit: str = "ms"
    limit: float | None = None
    reference: str = ""
    is_binding: bool = False

    @property
    def is_missed(self) -> bool:
        worst = self.p50 if self.p95 is None else max(self.p50, self.p95)
        return self.limit is not None and round(worst, 3) > self.limit


def timed(
    group: str,
    name: str,
    seconds: Sequence[float],
    limit: float | None = None,
    reference: str = "",
) -> Row:
    """limit in milliseconds."""
    milliseconds = [1000 * one for one in seconds]
    return Row(group, name, at(milliseconds, 50), at(milliseconds, 95), "ms", limit, reference)


def at(values: Sequence[float], percent: int) -> float:
    if len(values) < 2:
        return values[0] if values else 0.0
    return quantiles(values, n=100, method="inclusive")[percent - 1]
