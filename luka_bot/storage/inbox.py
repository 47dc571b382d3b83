"""Updates that Telegram may forget: stored here until somebody has dealt with them."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from luka_bot.models.clock import Clock
from luka_bot.models.errors import StorageOfAnotherBot
from luka_bot.storage import keys
from luka_bot.storage.client import Client, Storage
from luka_bot.storage.scripts import Script

_APPEND = Script.load("append_updates", repeatable=True)
_ACK = Script.load("ack_updates", repeatable=True)
_COUNT = Script.load("count_try")
_BURY = Script.load("bury_update")

_PAGE = 100  # entries a round trip

Raw = dict[str, Any]
"""An update as Telegram sent it, before anything could refuse to decode it."""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An update we gave up on; at: seconds since the epoch when we did."""

    entry_id: str
    raw: Raw
    reason: str
    at: float


class Inbox:
    """Entry ids grow in the order of arrival. clock: seconds since the epoch."""

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

    async def append(self, updates: Sequence[Raw]) -> list[str | None]:
        """All of them or none, in order; None for each that was dealt with in the last 48 hours.

        One that is here and still waits has its id again: asking twice loses and doubles nothing.
        Counts as a poll that succeeded.
        """
        if not updates:
            return []
        pairs = [text for raw in updates for text in (str(raw["update_id"]), json.dumps(raw))]
        reply = await self._storage.run(_APPEND, [keys.INBOX], [repr(self._clock()), *pairs])
        return [entry_id or None for entry_id in reply]

    async def ack(self, *entry_ids: str) -> None:
        """These are dealt with. Unknown ones are passed over."""
        if entry_ids:
            await self._storage.run(_ACK, [keys.INBOX, keys.INBOX_TRIES], entry_ids)

    async def backlog(self) -> list[tuple[str, Raw]]:
        """What is not acknowledged yet, oldest first."""
        found: list[tuple[str, Raw]] = []
        start = "-"
        while page := await self._page(start):
            found += [(entry_id, json.loads(fields["payload"])) for entry_id, fields in page]
            start = f"({page[-1][0]}"
        return found

    async def count_try(self, entry_id: str) -> int:
        """How often it was tried, this time included."""
        reply = await self._storage.run(_COUNT, [keys.INBOX_TRIES], [entry_id])
        return int(reply[0])

    async def tries(self) -> dict[str, int]:
        """How often each entry was tried so far; those that never were are left out."""
        found = await self._storage.read(lambda redis: redis.hgetall(keys.INBOX_TRIES))
        return {str(entry_id): int(count) for entry_id, count in found.items()}

    async def forgive(self, *entry_ids: str) -> None:
        """Forget their tries: they were stopped in order, and ended nobody."""
        if entry_ids:
            await self._storage.write(lambda redis: redis.hdel(keys.INBOX_TRIES, *entry_ids))

    async def bury(self, entry_id: str, raw: Raw, reason: str) -> None:
        """Out of the inbox, kept among the dead for 14 days."""
        names = [keys.INBOX, keys.INBOX_DEAD, keys.INBOX_TRIES]
        args = [entry_id, json.dumps(raw), reason, repr(self._clock())]
        await self._storage.run(_BURY, names, args)

    async def dead(self, limit: int = 100) -> tuple[DeadLetter, ...]:
        """Newest first."""
        page = await self._entries(lambda redis: redis.xrevrange(keys.INBOX_DEAD, count=limit))
        return tuple(
            DeadLetter(
                entry_id=entry_id,
                raw=json.loads(fields["payload"]),
                reason=fields["reason"],
                at=float(fields["at"]),
            )
            for entry_id, fields in page
        )

    async def depth(self) -> int:
        """How many wait."""
        return int(await self._storage.read(lambda redis: redis.xlen(keys.INBOX)))

    async def oldest_age(self) -> float:
        """Seconds that the oldest has waited; 0 if none waits."""
        page = await self._entries(lambda redis: redis.xrange(keys.INBOX, count=1))
        return max(0.0, self._clock() - float(page[0][1]["at"])) if page else 0.0

    async def polled(self, when: float) -> None:
        """A poll has just succeeded and brought nothing; when is seconds since the epoch."""
        text, life = repr(when), keys.POLL_LIFE
        await self._storage.write(lambda redis: redis.set(keys.POLL_SEEN, text, ex=life))

    async def last_polled(self) -> float | None:
        """None if no poll succeeded within the last two minutes: the bot is deaf."""
        text = await self._storage.read(lambda redis: redis.get(keys.POLL_SEEN))
        return float(text) if text else None

    async def _page(self, start: str) -> list[tuple[str, dict[str, str]]]:
        return await self._entries(lambda redis: redis.xrange(keys.INBOX, min=start, count=_PAGE))

    async def _entries(
        self, command: Callable[[Client], Awaitable[Any]]
    ) -> list[tuple[str, dict[str, str]]]:
        return list(await self._storage.read(command))
