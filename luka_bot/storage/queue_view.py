"""The line in front of the model, looked at from outside of it."""

from enum import StrEnum
from typing import Any

from luka_bot.models.ids import UserId
from luka_bot.models.queue import QueueEntry
from luka_bot.storage import keys
from luka_bot.storage.client import Client, Storage
from luka_bot.storage.scripts import Script

NOBODY = 0  # for whom spare work is done

_CANCEL = Script.load("cancel_place", repeatable=True)


class Cancelling(StrEnum):
    """What became of the wish to have a place given up."""

    NEW = "OK"
    KNOWN = "AGAIN"  # somebody wished it before
    GONE = "GONE"  # there is no such place any more


class QueueView:
    """Over all replicas. Methods raise StorageAway."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def entries(self) -> tuple[QueueEntry, ...]:
        """Who is being answered first, then who waits in the order of the line."""
        running, waiting = await self._storage.read(_both)
        answered = [_entry(name, 0) for name in sorted(running)]
        asked = [name for name in waiting if person_in(name) != NOBODY]
        waits = [_entry(name, position) for position, name in enumerate(asked, 1)]
        return tuple(one for one in (*answered, *waits) if one.person != NOBODY)

    async def cancel(self, place: str) -> Cancelling:
        """Whoever holds it gives it up within some seconds."""
        names = [keys.LINE_WAITING, keys.LINE_RUNNING, keys.LINE_CANCELLED]
        args: list[str | int] = [f"{place} ", int(keys.LINE_LIFE.total_seconds())]
        (outcome,) = await self._storage.run(_CANCEL, names, args)
        return Cancelling(outcome)


async def _both(redis: Client) -> tuple[list[str], list[str]]:
    async with redis.pipeline(transaction=True) as pipe:
        pipe.smembers(keys.LINE_RUNNING)
        pipe.zrange(keys.LINE_WAITING, 0, -1)
        found: Any = await pipe.execute()
    return list(found[0]), list(found[1])


def person_in(name: str) -> int:
    """name: "arrival person serial holder", arrival in milliseconds."""
    return int(name.split(" ", 2)[1])


def _entry(name: str, position: int) -> QueueEntry:
    arrival, person, serial, _ = name.split(" ", 3)
    place = f"{arrival} {person} {serial}"
    return QueueEntry(place, UserId(int(person)), int(arrival) / 1000, position)
