"""How much of everything."""

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """turns are spread over days; after each day all lifetimes are moved on by 24 hours.

    regulars come again and again for a while; others come once. at_once: people side by side.
    every: seconds between two samples.
    """

    turns: int
    days: int
    regulars: int
    at_once: int
    every: float
    seed: int

    def chance(self, what: str) -> random.Random:
        return random.Random(f"{self.seed}/{what}")

    def due(self, day: int) -> int:
        """Turns that are done when this day ends, counted from 0."""
        return self.turns * (day + 1) // self.days
