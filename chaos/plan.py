"""How much is done to luka, and by which door its updates come."""

import random
from dataclasses import dataclass
from enum import StrEnum


class Door(StrEnum):
    POLLING = "polling"
    WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True)
class Plan:
    """seed fixes every choice, though never the moment at which a process meets it.

    long_life: seconds, at least and at most, that every third process works until it is killed.
    """

    kills: int
    messages: int
    people: int
    seed: int
    door: Door
    replicas: int
    long_life: tuple[float, float] = (5.0, 8.0)

    def chance(self, of: str) -> random.Random:
        """Numbers of its own for each part, so that one part's haste doesn't change another's."""
        return random.Random(f"{self.seed}/{of}")
