"""Several lukas on one Redis are one luka: the same words in the same order, whichever dies."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from redis.asyncio import Redis

from chaos.ports import free_port
from chaos.relay import Relay, relay
from luka_bot.client import Message, Talk
from tests.chat_house import (
    LIMITS,
    all_said,
    by_speaker,
    chat_house,
    hear,
    say_all,
    until_ready,
)
from tests.process import Process, luka_process

pytestmark = pytest.mark.usefixtures("redis")  # emptied

EACH = 100  # messages of each of three people
FEW = 50  # the same where something dies in the middle


async def test_three_people_at_two_replicas_hear_one_order(
    tmp_path: Path, redis_socket: Path
) -> None:
    async with chat_house(tmp_path, redis_socket, replicas=2) as house:
        people = [await house.human(replica) for replica in (0, 1, 1)]
        talks = await house.talks(people)

        await asyncio.gather(*(say_all(talk, EACH) for talk in talks))
        first, *others = [await hear(talk, 3 * EACH) for talk in talks]

    assert by_speaker(first) == all_said(people, EACH)
    assert others == [first, first]


async def test_connections_to_the_bus_are_killed_under_traffic_and_nothing_is_missed(
    tmp_path: Path, redis_socket: Path, redis: Redis
) -> None:
    async with chat_house(tmp_path, redis_socket, replicas=2) as house:
        people = [await house.human(replica) for replica in (0, 1, 0)]
        *speaking, listening = await house.talks(people)

        async with asyncio.TaskGroup() as group:
            for talk in speaking:
                group.create_task(say_all(talk, EACH))
            killed, heard = await kill_the_bus(redis, listening)
        others = [await hear(talk, 2 * EACH) for talk in speaking]

    assert killed > 0
    assert by_speaker(heard) == all_said(people[:2], EACH)
    assert others == [heard, heard]


async def kill_the_bus(redis: Redis, talk: Talk) -> tuple[int, list[Message]]:
    """Every 20 messages; how many connections it were, and all that was heard."""
    heard: list[Message] = []
    killed = 0
    while len(heard) < 2 * EACH:
        heard += await hear(talk, EACH // 5)
        killed += int(await redis.client_kill_filter(_type="pubsub"))
    return killed, heard


async def test_a_luka_is_killed_and_its_people_go_on_at_the_other(
    tmp_path: Path, redis_socket: Path
) -> None:
    async with chat_house(tmp_path, redis_socket) as house, AsyncExitStack() as stack:
        port, doomed_home = free_port(), tmp_path / "doomed"
        doomed_home.mkdir()
        settings = {
            "REDIS_URL": f"unix://{redis_socket}",
            "WEB_PORT": str(port),
            "ACCESS": "open",
            "FLOOD_PER_MINUTE": "0",
            **{f"CHAT__LIMITS__{name.upper()}": str(value) for name, value in LIMITS.items()},
        }
        doomed = await stack.enter_async_context(
            luka_process(doomed_home, house.luka.telegram, house.luka.model, **settings)
        )
        await until_ready(port)
        wire = await stack.enter_async_context(relay(port))
        people = [await house.human(), await house.human(by=wire), await house.human(by=wire)]
        talks = await house.talks(people)

        async with asyncio.TaskGroup() as group:
            for talk in talks:
                group.create_task(say_all(talk, FEW))
            await kill_in_the_middle(doomed, wire, house.ports[0], talks[0])
            heard = [await hear(talk, 3 * FEW) for talk in talks[1:]]

    assert by_speaker(heard[0]) == all_said(people, FEW)
    assert heard[0] == heard[1]


async def kill_in_the_middle(doomed: Process, wire: Relay, other: int, talk: Talk) -> None:
    """Whoever comes by the wire afterwards comes to the other."""
    await hear(talk, FEW)
    wire.behind = other
    doomed.kill()
