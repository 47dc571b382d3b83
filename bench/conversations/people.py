"""People who are signed in, each at one of the replicas, and the rooms in which they talk."""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from bench.conversations.credentials import init_data
from bench.conversations.stage import TOKEN
from luka_bot.client import ChatClient, Message, Talk

FIRST_ID = 1001
AT_ONCE = 8  # handshakes side by side; more only make each other wait
PATIENCE = 60.0  # s for what has to come; whoever needs longer is broken, not slow


@dataclass(frozen=True, slots=True)
class Human:
    """id: as a participant."""

    id: str
    user_id: int
    client: ChatClient


@asynccontextmanager
async def signed_in(urls: Sequence[str], count: int) -> AsyncIterator[list[Human]]:
    """Spread over the replicas."""
    async with AsyncExitStack() as stack:
        humans = []
        for index in range(count):
            user_id = FIRST_ID + index
            client = await stack.enter_async_context(ChatClient.open(urls[index % len(urls)]))
            name = await client.sign_in(init_data(TOKEN, user_id, f"Ann{index}"))
            humans.append(Human(name, user_id, client))
        yield humans


@dataclass(slots=True)
class Ear:
    """What one of them hears, and when (monotonic seconds)."""

    talk: Talk
    order: list[int] = field(default_factory=list)
    at: dict[str, float] = field(default_factory=dict)
    """By message id."""
    answers: int = 0
    """Of agents."""
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def listen(self) -> None:
        async for event in self.talk:
            if isinstance(event, Message):
                self.at[event.id] = time.monotonic()
                self.order.append(event.sequence_id)
                self.answers += event.sender_type == "agent"
                self.news.set()

    async def until_heard(self, messages: Sequence[str]) -> None:
        while not all(name in self.at for name in messages):
            self.news.clear()
            await self.news.wait()

    async def until_answered(self, answers: int) -> float:
        """When it was."""
        while self.answers < answers:
            self.news.clear()
            await self.news.wait()
        return time.monotonic()


class Room:
    """Made by `room`. ears: of everybody, in the order of people."""

    def __init__(self, conversation_id: str, ears: list[Ear]) -> None:
        self.conversation_id = conversation_id
        self.ears = ears
        self._numbers = itertools.count()

    async def say(self, speaker: int, text: str = "") -> "Said":
        """Returns when it is acknowledged."""
        name = f"m{next(self._numbers)}"
        begun = time.monotonic()
        await self.ears[speaker].talk.send(text or f"This is {name}.", message_id=name)
        return Said(name, begun, time.monotonic())

    async def delivered(self, said: Sequence["Said"]) -> list[float]:
        """Seconds from saying each to when the last of all had heard it."""
        names = [one.message_id for one in said]
        async with asyncio.timeout(PATIENCE):
            for ear in self.ears:
                await ear.until_heard(names)
        return [max(ear.at[one.message_id] for ear in self.ears) - one.begun for one in said]


@dataclass(frozen=True, slots=True)
class Said:
    """Monotonic seconds."""

    message_id: str
    begun: float
    acked: float

    @property
    def to_ack(self) -> float:
        return self.acked - self.begun


@asynccontextmanager
async def room(people: Sequence[Human], agents: Sequence[str] = ()) -> AsyncIterator[Room]:
    """Everybody is connected, and listens."""
    owner = people[0].client
    others = [one.id for one in people[1:]]
    made = await owner.create("bench", others, list(agents))
    async with AsyncExitStack() as stack:
        ears = []
        for one in people:
            opening = one.client.conversation(made.conversation_id)
            ears.append(Ear(await stack.enter_async_context(opening)))
        group = await stack.enter_async_context(asyncio.TaskGroup())
        listening = [group.create_task(ear.listen()) for ear in ears]
        try:
            yield Room(made.conversation_id, ears)
        finally:
            for task in listening:
                task.cancel()
