"""Standing in line as a process does: by hand, and on a server that others may share."""

from luka_bot.models.ids import UserId
from luka_bot.storage.client import Storage
from luka_bot.storage.line import LineLimits, LineStore, Place, Rank
from tests.redis_fixtures import HandClock


class Process:
    """One of the processes in front of the model."""

    def __init__(
        self, storage: Storage, clock: HandClock, *, total: int = 1, person: int = 1
    ) -> None:
        self._line = LineStore(storage, LineLimits(total, person), clock)
        self._clock = clock
        self._people: dict[str, str] = {}
        self.runs: list[Place] = []
        self.waits: list[Place] = []
        self.positions: tuple[int, ...] = ()
        self.cancelled: list[int] = []
        self.seconds = 0.0

    def joins(self, *people: int, rank: Rank = Rank.WAITS) -> None:
        """A question each, a moment apart; whoever asks hasn't been told of it yet."""
        for person in people:
            self._clock.forward(0.01)
            place = self._line.place(UserId(person), rank)
            self._people[place.name] = f"{person}"
            self.waits.append(place)

    async def looks(self, left: dict[str, float | None] | None = None) -> list[int]:
        """Who was let in just now, in the order in which they asked."""
        standing = await self._line.stand(self.runs, self.waits, left or {})
        self.positions = tuple(one for one in standing.positions if one)
        self.cancelled = [int(self._people[name]) for name in standing.cancelled]
        self.seconds = standing.seconds
        let_in, still = [], []
        for place, position, tag in zip(self.waits, standing.positions, standing.tags, strict=True):
            if position:
                still.append(Place(place.name, place.rank, tag))
            else:
                let_in.append(place)
        self.runs += let_in
        self.waits = still
        return [int(self._people[place.name]) for place in let_in]

    async def ends(self, seconds: float | None = 10) -> list[int]:
        """The answer that was let in first; who is let in for it."""
        return await self.looks({self.runs.pop(0).name: seconds})

    async def gives_up(self, number: int) -> list[int]:
        """The one who waits at this place of ours."""
        return await self.looks({self.waits.pop(number).name: None})

    async def order(self) -> list[int]:
        """Whose answers come, one after the other, until nobody is left."""
        served = await self.looks()
        while self.runs:
            served += await self.ends()
        return served
