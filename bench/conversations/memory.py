"""What conversations and sockets take of the replicas' memory."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack

from bench.conversations.figures import Row
from bench.conversations.people import Human
from bench.conversations.stage import Stage

SETTLING = 1.0  # s until what was begun is done


async def memory(
    stage: Stage, people: Sequence[Human], conversations: int, sockets: int
) -> list[Row]:
    """In each of the conversations something is said; the sockets listen to one of them each."""
    before = await _settled(stage)
    made = await _conversations(people, conversations)
    between = await _settled(stage)
    async with AsyncExitStack() as stack:
        for index in range(sockets):
            owner, conversation_id = made[index % len(made)]
            await stack.enter_async_context(owner.client.conversation(conversation_id))
        after = await _settled(stage)
    group = "memory of both replicas"
    return [
        Row(group, "before", before, unit="MiB"),
        Row(group, f"{conversations} conversations", between - before, unit="MiB"),
        Row(group, f"{sockets} sockets", after - between, unit="MiB"),
    ]


async def _conversations(people: Sequence[Human], count: int) -> list[tuple[Human, str]]:
    made = []
    for index in range(count):
        owner = people[index % len(people)]
        conversation = await owner.client.create(f"bench {index}", agents=[])
        async with owner.client.conversation(conversation.conversation_id) as talk:
            await talk.send("Hello.")
        made.append((owner, conversation.conversation_id))
    return made


async def _settled(stage: Stage) -> float:
    await asyncio.sleep(SETTLING)
    return stage.rss
