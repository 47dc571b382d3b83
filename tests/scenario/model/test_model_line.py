"""Turns of several processes in front of one model."""

import asyncio
import time
from contextlib import aclosing
from pathlib import Path

import pytest

from luka_bot.background import Background
from luka_bot.demo.model import Asked, Reply, ScriptedOllama
from luka_bot.models.events import Finished, Waiting
from luka_bot.models.ids import UserId
from luka_bot.services.model_line import ModelLine
from luka_bot.storage.client import Storage
from luka_bot.storage.line import LineLimits, LineStore, Rank
from tests.metrics import sample
from tests.redis_fixtures import HandClock, Wire
from tests.scenario.model.processes import answered, processes, question_of, text_of
from tests.waiting import wait_until

PEOPLE = 12


class Crowded:
    """Takes its time, and remembers how many it answered at once at most."""

    def __init__(self) -> None:
        self.most = 0.0

    def reply(self, asked: Asked) -> Reply:
        self.most = max(self.most, sample("luka_generations_running"))
        return Reply(f"To {asked.question}", delay_first=0.1)


@pytest.mark.usefixtures("redis")
async def test_two_processes_never_ask_for_more_than_the_limit(
    redis_socket: Path, tmp_path: Path
) -> None:
    crowded = Crowded()
    async with (
        ScriptedOllama.open(reply=crowded.reply) as model,
        processes(redis_socket, model, tmp_path, max_concurrent_generations=2) as both,
        asyncio.TaskGroup() as group,
    ):
        tasks = [
            group.create_task(answered(both[person % 2], person)) for person in range(1, PEOPLE)
        ]

    assert crowded.most == 2
    assert [text_of(task.result()) for task in tasks] == [f"To {one}" for one in range(1, PEOPLE)]
    assert any(isinstance(event, Waiting) for task in tasks for event in task.result())


@pytest.mark.usefixtures("redis")
async def test_a_place_is_free_as_soon_as_the_model_is_silent(
    redis_socket: Path, tmp_path: Path
) -> None:
    """However long Telegram takes for the last word."""
    async with (
        ScriptedOllama.open() as model,
        processes(redis_socket, model, tmp_path, max_concurrent_generations=1) as (first, second),
    ):
        opened = await first.turns.open(question_of(1))
        async with (
            first.turns.in_line(UserId(1), opened) as turn,
            aclosing(first.turns.answer(turn)) as events,
        ):
            while not isinstance(await anext(events), Finished):
                pass
            others = await answered(second, 2)

    assert text_of(others) == "Hello there."


async def test_one_by_one_a_turn_costs_two_round_trips_of_the_line(
    storage: Storage, clock: HandClock, wire: Wire
) -> None:
    async with Background() as background:
        line = ModelLine(
            LineStore(storage, LineLimits(4, 2), clock), background, clock, lambda _: False
        )
        await passed(line, UserId(1))
        await wait_until(lambda: background.running == 0)
        before = wire.trips
        await passed(line, UserId(1))
        await wait_until(lambda: background.running == 0)

    assert wire.trips - before == 2


async def test_where_hundreds_wait_all_are_let_in_in_their_order(
    storage: Storage, clock: HandClock
) -> None:
    crowd = range(100, 350)
    let_in: list[int] = []

    async def stands(person: int) -> None:
        async with line.place(UserId(person), UserId(person)) as queued:
            while await queued.news():
                pass
            let_in.append(person)

    async with Background() as background:
        limits = LineLimits(1, 1)
        line = ModelLine(
            LineStore(storage, limits, clock), background, time.monotonic, lambda _: False
        )
        await asyncio.gather(*map(stands, crowd))

    assert let_in == [*crowd]


async def test_who_may_have_no_more_at_once_is_promised_no_more(
    storage: Storage, clock: HandClock
) -> None:
    promised: list[float] = []

    async def stands(person: int) -> None:
        async with line.place(UserId(person), UserId(person)) as queued:
            while (waiting := await queued.news()) is not None:
                promised.append(waiting.seconds)
            await asyncio.Event().wait()

    async with Background() as background:
        store = LineStore(storage, LineLimits(4, 2), clock)
        await store.stand([], [ran := store.place(UserId(9), Rank.WAITS)], {})
        await store.stand([], [], {ran.name: 10.0})
        line = ModelLine(store, background, time.monotonic, lambda _: False)
        for person in (7, 7, 7, 7, 8):
            background.spawn("stand", stands(person))
        await wait_until(lambda: len(promised) == 2)

    assert promised == [5.0, 10.0]


async def test_without_a_limit_nobody_stands_in_line(
    storage: Storage, clock: HandClock, wire: Wire
) -> None:
    async with Background() as background:
        line = ModelLine(
            LineStore(storage, LineLimits(0, 1), clock), background, clock, lambda _: False
        )
        with wire.costs(0):
            await asyncio.gather(*(passed(line, UserId(1)) for _ in range(20)))
        assert background.running == 0


async def passed(line: ModelLine, person: UserId) -> None:
    async with line.place(person, person) as queued:
        while await queued.news():
            pass
