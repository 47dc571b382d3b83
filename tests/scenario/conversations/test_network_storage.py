"""The store dies under a conversation: sockets stay, and what was acknowledged isn't lost."""

import asyncio
import os
import signal
from pathlib import Path

from luka_bot.models.lives import USUAL
from luka_bot.storage.binary import server_binary
from luka_bot.storage.client import StorageKind
from luka_bot.storage.connect import connected, socket_pool
from luka_bot.storage.embedded import embedded_server
from tests.chat_house import by_speaker, chat_house, hear
from tests.scenario.storage.servers import server_pid

EACH = 30  # messages of each of two people, of which a third before the store dies


async def test_redis_goes_away_and_comes_back(tmp_path: Path) -> None:
    binary = server_binary()
    assert binary is not None
    async with (
        embedded_server(binary, tmp_path / "store") as socket,
        connected(socket_pool(socket), StorageKind.GIVEN, USUAL) as storage,
        chat_house(tmp_path, socket) as house,
    ):
        people = [await house.human(), await house.human()]
        talks = await house.talks(people)
        pid = await server_pid(storage)

        async def speak(number: int) -> list[int]:
            sent = []
            for count in range(EACH):
                if number == 0 and count == EACH // 3:
                    os.kill(pid, signal.SIGKILL)
                sent.append(await talks[number].send(f"{people[number].id} {count}"))
            return [one.sequence_id for one in sent]

        numbers = await asyncio.gather(speak(0), speak(1))
        first, second = [await hear(talk, 2 * EACH) for talk in talks]
        assert await server_pid(storage) != pid

    assert first == second
    said = {one.id: [f"{one.id} {count}" for count in range(EACH)] for one in people}
    assert by_speaker(first) == said
    assert {one.sequence_id for one in first} == {*numbers[0], *numbers[1]}
