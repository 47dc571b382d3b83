"""The line in front of the model, over all replicas: who waits, who is being answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import count, islice

from luka_bot.models.clock import Clock
from luka_bot.models.ids import UserId
from luka_bot.storage import keys
from luka_bot.storage.client import Reply, Storage
from luka_bot.storage.process_names import is_dead, own_name
from luka_bot.storage.scripts import Script

HOLDER_SECONDS = 10.0  # without a sign of life; then its places are free

_STAND = Script.load("stand_in_line", repeatable=True)
_KEYS = (
    keys.LINE_WAITING,
    keys.LINE_RUNNING,
    keys.LINE_PEOPLE,
    keys.LINE_PACE,
    keys.LINE_HOLDERS,
    keys.LINE_CANCELLED,
)


@dataclass(frozen=True, slots=True)
class LineLimits:
    """How many are answered at once, of all and of each person. total 0: as many as come."""

    total: int
    person: int


class Rank(StrEnum):
    OVERTAKES = "overtakes"
    WAITS = "waits"
    SPARE = "spare"  # let in only while nobody else waits, and costs nobody a round


@dataclass(frozen=True, slots=True)
class Place:
    """name: as it stands in the line. tag: where, "" before it has entered."""

    name: str
    rank: Rank = Rank.WAITS
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """positions: from 1, or 0 for whoever may run now. seconds: of a generation, 0 if unknown.

    let_in: names of places that may run since now, also of those that weren't asked for.
    cancelled: names of places of ours that an admin wants stopped.
    alone: no other process stands in the line.
    """

    seconds: float
    positions: tuple[int, ...]
    tags: tuple[str, ...]
    let_in: tuple[str, ...]
    cancelled: tuple[str, ...]
    alone: bool


class LineStore:
    """One process's places. clock: seconds since the epoch."""

    def __init__(self, storage: Storage, limits: LineLimits, clock: Clock) -> None:
        self._storage = storage
        self.limits = limits
        self._clock = clock
        self._serials = count(1)
        self._holder = own_name()

    def place(self, person: UserId, rank: Rank) -> Place:
        """A new one, behind all who arrived before and have waited for as many rounds."""
        arrival = f"{int(self._clock() * 1000):015d}"
        return Place(f"{arrival} {person} {next(self._serials)} {self._holder}", rank)

    async def stand(
        self, runs: Sequence[Place], waits: Sequence[Place], left: Mapping[str, float | None]
    ) -> Standing:
        """What this process has and had in the line; said again, it changes nothing more.

        Of those who wait, whoever is left out is not forgotten.

        left: by the place's name, for how many seconds it ran; None if that isn't to be counted.
        The places of dead processes are given up: of this machine's at once, of others when they
        were silent for HOLDER_SECONDS.
        """
        said = [
            *(part for name, seconds in left.items() for part in _left(name, seconds)),
            *(part for place in runs for part in ("runs", place.name, "")),
            *(part for place in waits for part in (place.rank.value, place.name, place.tag)),
        ]
        reply = await self._say(said)
        dead = [name for name in reply[1] if is_dead(name)]
        if dead:
            reply = await self._say([part for name in dead for part in ("gone", name, "")] + said)
        seen = reply[4:]
        return Standing(
            seconds=float(reply[0] or 0),
            positions=tuple(map(int, islice(seen, 0, None, 2))),
            tags=tuple(map(str, islice(seen, 1, None, 2))),
            let_in=tuple(map(str, reply[2])),
            cancelled=tuple(map(str, reply[3])),
            alone=not reply[1],
        )

    async def _say(self, said: Sequence[str]) -> Reply:
        life = int(HOLDER_SECONDS * 1000)
        args: list[str | int] = [self._holder, life, self.limits.total, self.limits.person, *said]
        return await self._storage.run(_STAND, _KEYS, args)


def _left(name: str, seconds: float | None) -> tuple[str, str, str]:
    return "left", name, "" if seconds is None else repr(seconds)
