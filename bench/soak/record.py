"""What people did, and what they waited for."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Answered:
    """Seconds from the question to the first text, and to the end of the answer."""

    first: float
    whole: float


@dataclass(slots=True)
class Record:
    """turns: answers asked for, again or not. answered: since the last sample."""

    turns: int = 0
    once: int = 0
    """People who came once."""
    deeds: Counter[str] = field(default_factory=Counter)
    answered: list[Answered] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    """Who waited in vain, and for what."""
