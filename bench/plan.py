"""What is run, and in which order."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.contender import FLOOR, LUKA, UNPACED_LUKA, Contender, Spent, contender
from bench.crowd import Habit, Round, crowd
from bench.model import FLUENT, INSTANT, Model
from bench.round_trips import RoundTrips, count_round_trips

ALONE_PAUSE = 0.15  # s between questions, so that luka's own speed limit stays out of it
FLUENT_SPREAD = 3.0  # s; about what one fluent answer takes
PACED_QUESTIONS = 3  # a person; enough to use up the burst that luka allows itself
WARM_UP = Habit(3, 3, INSTANT)
COUNTED = 10  # turns whose round trips are counted


@dataclass(frozen=True, slots=True)
class Sizes:
    """people meet a fluent model, crowd an instant one; questions is for each of the crowd."""

    rounds: int
    people: int
    crowd: int
    questions: int

    @property
    def fluent(self) -> Habit:
        return Habit(self.people, 2, FLUENT, spread=FLUENT_SPREAD)

    @property
    def alone(self) -> Habit:
        return Habit(1, 2 * self.questions, INSTANT, pause=ALONE_PAUSE)

    @property
    def busy(self) -> Habit:
        return Habit(self.crowd, self.questions, INSTANT)

    @property
    def paced(self) -> Habit:
        return Habit(self.crowd, PACED_QUESTIONS, INSTANT)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Round by round in the same order, so that the two of a pair met the same machine."""

    floor: list[Round]
    luka: list[Round]


@dataclass(frozen=True, slots=True)
class Seen:
    """busy is without luka's speed limit, paced with it. Memory is as it was at the end."""

    fluent: Pairs
    alone: Pairs
    busy: Pairs
    paced: Round
    floor_spent: Spent
    luka_spent: Spent
    round_trips: RoundTrips


@dataclass(frozen=True, slots=True)
class _Stage:
    """All bots run all the time; whoever isn't asked waits in its poll."""

    model: Model
    floor: Contender
    luka: Contender
    unpaced: Contender


async def measure(sizes: Sizes, folder: Path, tell: Callable[[str], None]) -> Seen:
    async with Model.open() as model:
        tell("Redis round trips")
        round_trips = await count_round_trips(model, folder, COUNTED)
        tell("starting the bots")
        async with _open_stage(model, folder) as stage:
            for bot in (stage.floor, stage.luka, stage.unpaced):
                await crowd(bot, model, WARM_UP)
            pairs = await _alternate(stage, sizes, tell)
            tell("a crowd, with luka's speed limit")
            paced = await crowd(stage.luka, model, sizes.paced)
            spent = stage.floor.spent(), stage.unpaced.spent()
    return Seen(*pairs, paced, *spent, round_trips)


@asynccontextmanager
async def _open_stage(model: Model, folder: Path) -> AsyncIterator[_Stage]:
    async with AsyncExitStack() as stack:
        bots = [
            await stack.enter_async_context(contender(name, arguments, folder, model.url))
            for name, arguments in (("floor", FLOOR), ("luka", LUKA), ("unpaced", UNPACED_LUKA))
        ]
        yield _Stage(model, *bots)


async def _alternate(
    stage: _Stage, sizes: Sizes, tell: Callable[[str], None]
) -> tuple[Pairs, Pairs, Pairs]:
    fluent, alone, busy = Pairs([], []), Pairs([], []), Pairs([], [])
    for number in range(sizes.rounds):
        parts = (
            ("a fluent model", fluent, sizes.fluent, stage.luka),
            ("one person, an instant model", alone, sizes.alone, stage.luka),
            ("a crowd, an instant model", busy, sizes.busy, stage.unpaced),
        )
        for name, pairs, habit, luka in parts:
            tell(f"round {number + 1} of {sizes.rounds}: {name}")
            sides = [(stage.floor, pairs.floor), (luka, pairs.luka)]
            for bot, rounds in sides if number % 2 == 0 else reversed(sides):
                rounds.append(await crowd(bot, stage.model, habit))
    return fluent, alone, busy
