"""As luka is used: 80 % of conversations one person and luka, 15 % a few people, 5 % a crowd."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from bench.conversations import model
from bench.conversations.asking import AGENT
from bench.conversations.figures import Row, timed
from bench.conversations.people import PATIENCE, Human, Room, room
from bench.conversations.sizes import Mix
from bench.conversations.ways import DELIVERY_LIMIT

PAUSE = 1.0  # s that one thinks, on average, between an answer and the next question
GROUP_PAUSE = 2.0  # s between two messages of a conversation of several, on average


@dataclass(slots=True)
class Heard:
    """Seconds."""

    answers: list[float] = field(default_factory=list)
    few: list[float] = field(default_factory=list)
    many: list[float] = field(default_factory=list)


async def mixed(people: Sequence[Human], mix: Mix) -> list[Row]:
    heard = Heard()
    end = time.monotonic() + mix.seconds
    async with _rooms(people, mix) as (pairs, threes, crowds), asyncio.TaskGroup() as group:
        end = time.monotonic() + mix.seconds
        for talk in pairs:
            group.create_task(_ask_on(talk, end, heard.answers))
        for talk in threes:
            group.create_task(_talk_on(talk, end, heard.few))
        for talk in crowds:
            group.create_task(_talk_on(talk, end, heard.many))
    name = (
        f"80/15/5: {mix.pairs} of one and luka, {mix.threes} of three, {mix.crowds} of {mix.crowd}"
    )
    return [
        timed(name, "an answer to one", heard.answers),
        timed(name, "say to heard by everybody, three", heard.few, DELIVERY_LIMIT),
        timed(name, f"say to heard by everybody, {mix.crowd}", heard.many, DELIVERY_LIMIT),
    ]


@asynccontextmanager
async def _rooms(
    people: Sequence[Human], mix: Mix
) -> AsyncIterator[tuple[list[Room], list[Room], list[Room]]]:
    async with AsyncExitStack() as stack:

        async def open_rooms(number: int, size: int) -> list[Room]:
            found = []
            for index in range(number):
                first = index * size % max(1, len(people) - size + 1)
                opening = room(people[first : first + size], [AGENT])
                found.append(await stack.enter_async_context(opening))
            return found

        yield (
            await open_rooms(mix.pairs, 1),
            await open_rooms(mix.threes, 3),
            await open_rooms(mix.crowds, mix.crowd),
        )


async def _ask_on(talk: Room, end: float, took: list[float]) -> None:
    number = 0
    while time.monotonic() < end:
        number += 1
        answers = talk.ears[0].answers
        said = await talk.say(0, model.question(number))
        async with asyncio.timeout(PATIENCE):
            took.append(await talk.ears[0].until_answered(answers + 1) - said.begun)
        await asyncio.sleep(random.uniform(0, 2 * PAUSE))


async def _talk_on(talk: Room, end: float, took: list[float]) -> None:
    while time.monotonic() < end:
        said = await talk.say(random.randrange(len(talk.ears)))
        took += await talk.delivered([said])
        await asyncio.sleep(random.uniform(0, 2 * GROUP_PAUSE))
