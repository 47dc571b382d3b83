"""The same question by three doors: the bare model over HTTP, a conversation, a direct message."""

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from bench.conversations import model
from bench.conversations.figures import Row, at, timed
from bench.conversations.people import PATIENCE, Human, Room, room
from bench.conversations.stage import Stage
from bench.witness import Turn

RATIO_LIMIT = 1.05
GROUP = f"an answer ({model.FIRST * 1000:.0f} ms, then {model.WORDS} words at 20 ms)"
AGENT = "luka"


@dataclass(slots=True)
class Took:
    """Seconds until the whole answer was there."""

    ask: list[float] = field(default_factory=list)
    chat: list[float] = field(default_factory=list)
    message: list[float] = field(default_factory=list)


async def acquaint(stage: Stage, people: Sequence[Human]) -> None:
    """Each writes to luka before there is a room: else the room would be their only thread, and
    what they write directly would be said there."""
    for one in people:
        async with asyncio.timeout(PATIENCE):
            await _by_message(stage, one, 0)


async def doors(stage: Stage, people: Sequence[Human], asks: int) -> list[Row]:
    """Each of these people asks at each door in turn, so that all doors meet the same machine."""
    numbers = itertools.count(1)
    async with asyncio.TaskGroup() as group:
        lanes = [
            group.create_task(_lane(stage, one, asks // len(people), numbers)) for one in people
        ]
    took = Took()
    for lane in lanes:
        took.ask += lane.result().ask
        took.chat += lane.result().chat
        took.message += lane.result().message
    return _rows(took)


async def _lane(stage: Stage, one: Human, asks: int, numbers: "itertools.count[int]") -> Took:
    took = Took()
    async with room([one], [AGENT]) as talk:
        ways: list[tuple[list[float], Callable[[int], Awaitable[float]]]] = [
            (took.ask, lambda number: _by_http(one, number)),
            (took.chat, lambda number: _in_chat(talk, number)),
            (took.message, lambda number: _by_message(stage, one, number)),
        ]
        for _, way in ways:
            async with asyncio.timeout(PATIENCE):
                await way(next(numbers))  # what is done only once isn't measured
        for turn in range(asks):
            for seconds, way in ways if turn % 2 == 0 else reversed(ways):
                async with asyncio.timeout(PATIENCE):
                    seconds.append(await way(next(numbers)))
    return took


async def _by_http(one: Human, number: int) -> float:
    begun = time.monotonic()
    text = "".join([part async for part in one.client.ask(model.question(number))])
    assert text.endswith(model.ending(number)), text
    return time.monotonic() - begun


async def _in_chat(talk: Room, number: int) -> float:
    ear = talk.ears[0]
    answers = ear.answers
    said = await talk.say(0, model.question(number))
    return await ear.until_answered(answers + 1) - said.begun


async def _by_message(stage: Stage, one: Human, number: int) -> float:
    turn = Turn(one.user_id, model.ending(number), time.monotonic())
    stage.witness.watch(turn)
    person = stage.telegram.person(one.user_id, "Ann")
    await person.writes(model.question(number))
    await turn.whole.wait()
    return turn.to_final_text


def _rows(took: Took) -> list[Row]:
    rows = [
        timed(GROUP, "POST /ask", took.ask),
        timed(GROUP, "conversation of one and luka", took.chat),
        timed(GROUP, "direct message in Telegram", took.message),
    ]
    chat, message = _ratio(took.chat, took.ask), _ratio(took.message, took.ask)
    limit = RATIO_LIMIT
    return [
        *rows,
        Row(GROUP, "conversation / POST /ask", *chat, unit="", limit=limit, is_binding=True),
        Row(GROUP, "direct message / POST /ask", *message, unit="", limit=limit),
    ]


def _ratio(some: Sequence[float], others: Sequence[float]) -> tuple[float, float]:
    """Of the medians, and of the 95th percentiles."""
    return at(some, 50) / at(others, 50), at(some, 95) / at(others, 95)
