"""People who ask, wait for the whole answer, and ask again."""

import asyncio
import itertools
import time
from collections import Counter
from dataclasses import dataclass

from bench.contender import BotFailed, Contender
from bench.model import Manner, Model
from bench.witness import Turn
from luka_bot.demo.telegram import Person

PATIENCE = 60.0  # s for one answer; whoever needs longer is broken, not slow

_ids = itertools.count(1001)


@dataclass(frozen=True, slots=True)
class Habit:
    """How a crowd asks: people side by side, each so many questions, pause seconds between them.

    spread: seconds over which they begin, one after the other.
    """

    people: int
    questions: int
    manner: Manner
    pause: float = 0.0
    spread: float = 0.0


@dataclass(frozen=True, slots=True)
class Round:
    """What one crowd saw of one bot. CPU in seconds; seconds from first question to last answer."""

    people: int
    turns: tuple[Turn, ...]
    seconds: float
    cpu: float
    store_cpu: float
    calls: Counter[str]
    own_cpu: float
    """Of this process: Telegram, the model and the people."""

    @property
    def rate(self) -> float:
        return len(self.turns) / self.seconds


async def crowd(bot: Contender, model: Model, habit: Habit) -> Round:
    """New people each time, so that every round begins with empty threads."""
    people = [bot.telegram.person(number, "Ann") for number in _next_ids(habit.people)]
    calls, spent, own = bot.witness.calls.copy(), bot.spent(), time.process_time()
    begun = time.monotonic()
    async with asyncio.TaskGroup() as group:
        asking = [
            group.create_task(_conversation(bot, model, habit, person, index / len(people)))
            for index, person in enumerate(people)
        ]
    ended, own = time.monotonic(), time.process_time() - own
    await bot.witness.quiet()
    after = bot.spent()
    return Round(
        people=habit.people,
        turns=tuple(turn for one in asking for turn in one.result()),
        seconds=ended - begun,
        cpu=after.cpu - spent.cpu,
        store_cpu=after.store_cpu - spent.store_cpu,
        calls=bot.witness.calls - calls,
        own_cpu=own,
    )


async def _conversation(
    bot: Contender, model: Model, habit: Habit, person: Person, place: float
) -> list[Turn]:
    await asyncio.sleep(habit.spread * place)
    turns = []
    for _ in range(habit.questions):
        turns.append(await ask(bot, model, habit.manner, person))
        await asyncio.sleep(habit.pause)
    return turns


async def ask(bot: Contender, model: Model, manner: Manner, person: Person) -> Turn:
    """Write, and wait for the whole answer. Raises BotFailed if it never comes."""
    question, turn = model.question(person.id, manner)
    bot.witness.watch(turn)
    turn.written_at = time.monotonic()
    await person.writes(question)
    try:
        await asyncio.wait_for(turn.whole.wait(), PATIENCE)
    except TimeoutError:
        raise BotFailed(f"didn't answer within {PATIENCE:.0f} s", bot.home) from None
    return turn


def _next_ids(count: int) -> list[int]:
    return [next(_ids) for _ in range(count)]
