"""What is known of the inbox as a whole: whose it is, how much waits, what was given up."""

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from luka_bot.models.clock import Clock
from luka_bot.models.errors import StorageOfAnotherBot
from luka_bot.storage import keys
from luka_bot.storage.client import Client, Storage
from luka_bot.storage.inbox import Raw
from luka_bot.storage.scripts import Script

_ENTRY = re.compile(r"[0-9]{1,19}-[0-9]{1,19}")

_STATE = Script.load("inbox_state", repeatable=True)


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An update we gave up on; at: seconds since the epoch when we did."""

    entry_id: str
    raw: Raw
    reason: str
    at: float


@dataclass(frozen=True, slots=True)
class InboxState:
    """Over all replicas. depth: updates that wait; oldest: seconds that the first has waited.

    died: the entry that died last, of those that are still kept, "" if there is none.
    """

    depth: int
    oldest: float
    dead: int
    replicas: int
    died: str


class InboxRecords:
    """clock: seconds since the epoch."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def claim(self, bot_id: int) -> None:
        """From now on this inbox is bot_id's alone. Raises StorageOfAnotherBot."""
        owner = await self._storage.read(
            lambda redis: redis.set(keys.INBOX_BOT, bot_id, nx=True, get=True)
        )
        if owner is not None and int(owner) != bot_id:
            raise StorageOfAnotherBot(int(owner), bot_id)

    async def state(self) -> InboxState:
        names = [keys.INBOX_REPLICAS, keys.INBOX_DEAD]
        depth, oldest, dead, replicas, died = await self._storage.run(_STATE, names)
        waited = max(0.0, self._clock() - float(oldest)) if oldest else 0.0
        return InboxState(int(depth), waited, int(dead), int(replicas), str(died))

    async def dead(self, limit: int = 100, before: str = "") -> tuple[DeadLetter, ...]:
        """Newest first; before: only those older than this entry, if it is one."""
        start = f"({before}" if _ENTRY.fullmatch(before) else "+"
        page = await self._entries(
            lambda redis: redis.xrevrange(keys.INBOX_DEAD, max=start, count=limit)
        )
        return tuple(_letter(entry_id, fields) for entry_id, fields in page)

    async def dead_letter(self, entry_id: str) -> DeadLetter | None:
        """entry_id is a claim: it may come from a button that nobody made."""
        if not _ENTRY.fullmatch(entry_id):
            return None
        page = await self._entries(
            lambda redis: redis.xrange(keys.INBOX_DEAD, min=entry_id, max=entry_id)
        )
        return next((_letter(one, fields) for one, fields in page), None)

    async def drop(self, entry_id: str) -> bool:
        """False if it was gone already."""
        if not _ENTRY.fullmatch(entry_id):
            return False
        return bool(await self._storage.read(lambda redis: redis.xdel(keys.INBOX_DEAD, entry_id)))

    async def polled(self) -> None:
        """A poll has just succeeded."""
        text, life = repr(self._clock()), keys.POLL_LIFE
        await self._storage.write(lambda redis: redis.set(keys.POLL_SEEN, text, ex=life))

    async def last_polled(self) -> float | None:
        """Seconds since the epoch; None if no poll succeeded within the last two minutes."""
        text = await self._storage.read(lambda redis: redis.get(keys.POLL_SEEN))
        return float(text) if text else None

    async def _entries(
        self, command: Callable[[Client], Awaitable[Any]]
    ) -> list[tuple[str, dict[str, str]]]:
        return list(await self._storage.read(command))


def _letter(entry_id: str, fields: dict[str, str]) -> DeadLetter:
    raw = json.loads(fields["payload"])
    return DeadLetter(entry_id, raw, fields["reason"], float(fields["at"]))
