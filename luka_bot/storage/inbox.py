"""Updates that Telegram may forget: stored here until somebody has dealt with them."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from typing import NewType

from luka_bot.models.clock import Clock
from luka_bot.models.ids import UpdateId
from luka_bot.storage.client import Storage

EntryId = NewType("EntryId", str)
"""A place in the inbox; later ones are greater in arrival order."""


@dataclass(frozen=True, slots=True)
class RawUpdate:
    """payload: the update as JSON text, whatever it holds."""

    update_id: UpdateId
    payload: str


@dataclass(frozen=True, slots=True)
class Entry:
    """at: seconds since the epoch when it was stored."""

    entry_id: EntryId
    update_id: UpdateId
    payload: str
    at: float


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An update we gave up on; at: seconds since the epoch when we did."""

    entry_id: EntryId
    payload: str
    reason: str
    at: float


class Inbox:
    """clock: seconds since the epoch."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def append(self, updates: Sequence[RawUpdate]) -> list[EntryId | None]:
        """All of them or none, in order; None for each that has been here within 48 hours."""
        raise NotImplementedError

    async def ack(self, *entry_ids: EntryId) -> None:
        """These are dealt with. Unknown ones are passed over."""
        raise NotImplementedError

    def backlog(self, page: int = 100) -> AsyncGenerator[Entry, None]:
        """What is not acknowledged yet, oldest first; the taker closes it."""
        raise NotImplementedError

    async def count_try(self, entry_id: EntryId) -> int:
        """How often it was tried, this time included."""
        raise NotImplementedError

    async def bury(self, entry_id: EntryId, reason: str, payload: str) -> None:
        """Out of the inbox, kept among the dead for 14 days."""
        raise NotImplementedError

    async def dead(self, limit: int = 100) -> tuple[DeadLetter, ...]:
        """Newest first."""
        raise NotImplementedError

    async def depth(self) -> int:
        """How many wait."""
        raise NotImplementedError

    async def oldest_age(self) -> float:
        """Seconds that the oldest has waited; 0 if none waits."""
        raise NotImplementedError
