"""Routing, delivery and handshakes."""

import time
from collections.abc import Sequence

from bench.conversations.figures import Row, timed
from bench.conversations.people import Human, room
from luka_bot.client import Message

DELIVERY_LIMIT = 200.0  # ms
HANDSHAKE_LIMIT = 50.0  # ms
DELIVERY = {2: "0.68 / 0.85", 10: "0.90 / 1.07", 100: "3.04 / 4.19"}
WARM_UP = 5  # messages


async def ways(people: Sequence[Human], messages: int) -> list[Row]:
    """One message after the other, by the participants in turn."""
    count = len(people)
    async with room(people) as talk:
        for _ in range(WARM_UP):
            await talk.delivered([await talk.say(0)])
        said, delivered = [], []
        for number in range(messages):
            said.append(await talk.say(number % count))
            delivered += await talk.delivered(said[-1:])
    acks = [one.to_ack for one in said]
    return [
        timed("say to acknowledged, over a socket", f"{count} participants", acks),
        timed(
            "say to heard by everybody",
            f"{count} participants",
            delivered,
            DELIVERY_LIMIT,
            DELIVERY.get(count, ""),
        ),
    ]


async def handshakes(people: Sequence[Human], count: int) -> Row:
    """From nothing to the welcome, with the check of the token."""
    one = people[0]
    made = await one.client.create("bench", agents=[])
    took = []
    for _ in range(count):
        begun = time.monotonic()
        async with one.client.conversation(made.conversation_id):
            took.append(time.monotonic() - begun)
    return timed("handshake", "until the welcome", took, HANDSHAKE_LIMIT, "under 5")


async def joining(people: Sequence[Human], messages: int) -> Row:
    """What somebody who comes later waits for the last messages."""
    one = people[0]
    made = await one.client.create("bench", agents=[])
    async with one.client.conversation(made.conversation_id) as talk:
        for number in range(messages):
            await talk.send(f"This is {number}.")
    took = []
    for _ in range(5):
        begun, heard = time.monotonic(), 0
        async with one.client.conversation(made.conversation_id) as talk:
            async for event in talk:
                heard += isinstance(event, Message)
                if heard == messages:
                    break
        took.append(time.monotonic() - begun)
    return timed("handshake", f"until {messages} earlier messages are there", took)
