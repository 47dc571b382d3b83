"""Sockets are cut, and nobody misses, repeats or reorders a word."""

import asyncio
from pathlib import Path

import pytest

from chaos.relay import Relay
from luka_bot.client import ConnectionLost
from tests.chat_house import all_said, by_speaker, chat_house, hear, say_all

pytestmark = pytest.mark.usefixtures("redis")  # emptied

EACH = 334  # messages of each of three people
CUT_EVERY = 0.1  # s
SOCKETS = 100
MISSED = 20  # messages that are said while all sockets are cut


async def cut_until(done: asyncio.Event, wire: Relay) -> int:
    """How often it was cut."""
    cuts = 0
    while not done.is_set():
        try:
            await asyncio.wait_for(done.wait(), CUT_EVERY)
        except TimeoutError:
            wire.cut()
            cuts += 1
    return cuts


async def test_a_thousand_messages_over_sockets_that_break_all_the_time(
    tmp_path: Path, redis_socket: Path
) -> None:
    async with chat_house(tmp_path, redis_socket) as house, asyncio.TaskGroup() as group:
        wire, done = await house.wire(), asyncio.Event()
        people = [await house.human(by=wire) for _ in range(3)]
        talks = await house.talks(people)
        cutting = group.create_task(cut_until(done, wire))
        for talk in talks:
            group.create_task(say_all(talk, EACH))
        first, *others = await asyncio.gather(*(hear(talk, 3 * EACH) for talk in talks))
        done.set()

    assert cutting.result() >= 5
    assert by_speaker(first) == all_said(people, EACH)
    assert others == [first, first]


async def test_a_hundred_sockets_that_break_together_all_go_on(
    tmp_path: Path, redis_socket: Path
) -> None:
    async with chat_house(tmp_path, redis_socket) as house:
        wire, speaker = await house.wire(), await house.human()
        people = [await house.human(by=wire) for _ in range(5)]
        say, *_ = await house.talks([speaker, *people])
        name = say.conversation_id
        listeners = [await house.talk(one, name) for one in people * (SOCKETS // len(people))]

        wire.cut()
        await say_all(say, MISSED)
        heard = await asyncio.gather(*(hear(talk, MISSED) for talk in listeners))

    assert all(by_speaker(one) == all_said([speaker], MISSED) for one in heard)


async def test_where_luka_is_gone_the_client_tries_ten_times_and_says_so(
    tmp_path: Path, redis_socket: Path
) -> None:
    async with chat_house(tmp_path, redis_socket) as house:
        human = await house.human(max_retries=10)
        [talk] = await house.talks([human])

        await house.luka.stop()

        with pytest.raises(ConnectionLost) as lost:
            await hear(talk, 1)
        with pytest.raises(ConnectionLost):
            await talk.send("Is anybody there?")
    assert lost.value.tries == 10
