"""The audit log: a stream that nobody writes but here, and 90 days long."""

from collections.abc import Awaitable, Callable
from typing import Any

from luka_bot.models.audit import Entry, Event
from luka_bot.models.clock import Clock
from luka_bot.models.ids import UserId
from luka_bot.storage import keys
from luka_bot.storage.client import Client, Storage
from luka_bot.storage.scripts import Script

KEPT = 100_000  # entries at most: somebody who tries keys all day must not fill the memory

_NOTE = Script.load("note_audit", repeatable=True)


class AuditLog:
    """clock: seconds since the epoch. Methods raise StorageAway."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def note(
        self,
        event: Event,
        by: UserId,
        by_name: str,
        whom: UserId | None = None,
        detail: str = "",
    ) -> None:
        now = self._clock()
        oldest = int((now - keys.AUDIT_LIFE.total_seconds()) * 1000)
        args: list[str | int] = [
            repr(now),
            oldest,
            KEPT,
            event.value,
            by,
            by_name,
            "" if whom is None else whom,
            detail,
        ]
        await self._storage.run(_NOTE, [keys.AUDIT], args)

    async def last(
        self, limit: int = 50, *, whom: UserId | None = None, before: str = "+"
    ) -> tuple[Entry, ...]:
        """Newest first. whom: only what this person did or had done to them."""
        count = limit if whom is None else KEPT
        rows = await self._rows(lambda redis: redis.xrevrange(keys.AUDIT, max=before, count=count))
        entries = (_entry(fields) for _, fields in rows)
        wanted = [one for one in entries if whom is None or whom in (one.by, one.whom)]
        return tuple(wanted[:limit])

    async def _rows(
        self, command: Callable[[Client], Awaitable[Any]]
    ) -> list[tuple[str, dict[str, str]]]:
        return list(await self._storage.read(command))


def _entry(fields: dict[str, str]) -> Entry:
    whom = fields.get("whom", "")
    return Entry(
        event=Event(fields["event"]),
        by=UserId(int(fields["by"])),
        by_name=fields["by_name"],
        whom=UserId(int(whom)) if whom else None,
        detail=fields.get("detail", ""),
        at=float(fields["at"]),
    )
