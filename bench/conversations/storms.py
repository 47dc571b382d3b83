"""Many people who speak at once, as fast as they are taken."""

import asyncio
import time
from collections.abc import Sequence

from bench.conversations.figures import Row, timed
from bench.conversations.people import Human, Room, Said, room
from bench.conversations.sizes import Storm

IN_FLIGHT = 4  # messages of one person that aren't acknowledged yet


class OutOfOrder(Exception):
    """Two people heard the same conversation differently."""


async def storm(people: Sequence[Human], wanted: Storm) -> list[Row]:
    async with room(people) as talk:
        begun = time.monotonic()
        said = await _all_at_once(talk, wanted)
        delivered = await talk.delivered(said)
        seconds = time.monotonic() - begun
        _check(talk)
    group = f"storm, {wanted.people} people, {wanted.messages} messages each"
    return [
        Row(group, "messages a second, heard by all", len(said) / seconds, unit=""),
        timed(group, "say to acknowledged", [one.to_ack for one in said]),
        timed(group, "say to heard by everybody", delivered),
    ]


async def _all_at_once(talk: Room, wanted: Storm) -> list[Said]:
    async with asyncio.TaskGroup() as group:
        speaking = [
            group.create_task(_speak(talk, speaker, wanted.messages))
            for speaker in range(wanted.people)
        ]
    return [said for one in speaking for said in one.result()]


async def _speak(talk: Room, speaker: int, messages: int) -> list[Said]:
    places = asyncio.Semaphore(IN_FLIGHT)

    async def say() -> Said:
        async with places:
            return await talk.say(speaker)

    return await asyncio.gather(*(say() for _ in range(messages)))


def _check(talk: Room) -> None:
    first, *others = (ear.order for ear in talk.ears)
    if any(one != first for one in others):
        raise OutOfOrder
