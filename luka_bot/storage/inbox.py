"""Updates that Telegram may forget: stored here until somebody has dealt with them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from luka_bot.models.clock import Clock
from luka_bot.models.errors import InboxFull, ReplicaLost
from luka_bot.models.ids import UpdateId
from luka_bot.storage import keys
from luka_bot.storage.client import Storage
from luka_bot.storage.replicas import Membership
from luka_bot.storage.scripts import Script

_APPEND = Script.load("append_updates", "inbox", repeatable=True)
_ACK = Script.load("ack_updates", "inbox", repeatable=True)
_COUNT = Script.load("count_tries", repeatable=True)
_REVIVE = Script.load("revive_update", "inbox")
_BURY = Script.load("bury_update", "inbox", repeatable=True)

BEGINNING = "0"
PAGE = 100  # entries a round trip
PATIENCE = 2000  # ms that reading waits for something new

Raw = dict[str, Any]
"""An update as Telegram sent it, before anything could refuse to decode it."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """conversation: what must stay with one replica and in order, "" where nothing must."""

    raw: Raw
    conversation: str


@dataclass(frozen=True, slots=True)
class Entry:
    """moved: another replica had it before, and ended without having dealt with it.

    at: seconds since the epoch when it was stored.
    """

    entry_id: str
    raw: Raw
    moved: bool
    at: float


class Inbox:
    """Updates of this replica, in the order of their arrival. clock: seconds since the epoch."""

    def __init__(self, storage: Storage, membership: Membership, clock: Clock, limit: int) -> None:
        self._storage = storage
        self._membership = membership
        self._clock = clock
        self._limit = limit

    async def append(self, arrivals: Sequence[Arrival]) -> int:
        """All of them or none, each once in 48 hours; returns how many were new.

        They go to the replica that has unfinished updates of the same conversation, else to ours.
        Raises InboxFull as long as so many wait over all replicas as may, and ReplicaLost.
        """
        if not arrivals:
            return 0
        args: list[str | int] = [repr(self._clock()), self._membership.replica_id, self._limit]
        for arrival in arrivals:
            args += [str(arrival.raw["update_id"]), arrival.conversation, json.dumps(arrival.raw)]
        match await self._storage.run(_APPEND, [keys.INBOX_REPLICAS], args, replicated=True):
            case ["FULL"]:
                raise InboxFull(self._limit)
            case ["LOST"]:
                raise ReplicaLost(self._membership.replica_id)
            case [_, new]:
                return int(new)
            case other:
                raise TypeError(other)

    async def read(self, after: str = BEGINNING, *, patience: int = PATIENCE) -> list[Entry]:
        """What stands behind an entry, at most PAGE; if that is nothing, waits for something.

        patience: in milliseconds, more than 0.
        """
        stream = keys.inbox_of(self._membership.replica_id)
        found: Any = await self._storage.read(
            lambda redis: redis.xread({stream: after}, count=PAGE, block=patience)
        )
        return [
            _entry(entry_id, fields) for _, entries in found or [] for entry_id, fields in entries
        ]

    async def ack(self, *entry_ids: str) -> None:
        """These are dealt with. Unknown ones are passed over."""
        if entry_ids:
            await self._storage.run(_ACK, [self._stream, keys.INBOX_TRIES], entry_ids)

    async def bury(self, entry_id: str, raw: Raw, reason: str) -> None:
        """Out of the inbox, kept among the dead for 14 days. Unknown ones are passed over."""
        names = [self._stream, keys.INBOX_TRIES, keys.INBOX_DEAD]
        args = [entry_id, json.dumps(raw), reason, repr(self._clock())]
        await self._storage.run(_BURY, names, args)

    async def revive(self, entry_id: str, arrival: Arrival) -> bool:
        """A dead letter is worked on once more; False if it isn't among the dead any more.

        Raises ReplicaLost."""
        names = [keys.INBOX_DEAD, keys.INBOX_REPLICAS, keys.INBOX_TRIES]
        update, replica = str(arrival.raw["update_id"]), self._membership.replica_id
        args = [entry_id, repr(self._clock()), replica, update, arrival.conversation]
        match await self._storage.run(_REVIVE, names, [*args, json.dumps(arrival.raw)]):
            case ["LOST"]:
                raise ReplicaLost(replica)
            case [outcome]:
                return bool(outcome == "OK")
            case other:
                raise TypeError(other)

    async def count_tries(self, update_id: UpdateId, tries: int) -> None:
        """How often it was tried by now, this run included or not."""
        await self._storage.run(_COUNT, [keys.INBOX_TRIES], [update_id, tries])

    async def tries(self) -> dict[UpdateId, int]:
        """How often each update was tried so far; those that never were are left out."""
        found = await self._storage.read(lambda redis: redis.hgetall(keys.INBOX_TRIES))
        return {UpdateId(int(update)): int(count) for update, count in found.items()}

    async def forgive(self, *update_ids: UpdateId) -> None:
        """Forget their tries: they were stopped in order, and ended nobody."""
        if update_ids:
            names = [str(update) for update in update_ids]
            await self._storage.write(lambda redis: redis.hdel(keys.INBOX_TRIES, *names))

    @property
    def _stream(self) -> str:
        return keys.inbox_of(self._membership.replica_id)


def _entry(entry_id: str, fields: dict[str, str]) -> Entry:
    raw, at = json.loads(fields["payload"]), float(fields["at"])
    return Entry(entry_id, raw, moved="moved" in fields, at=at)
