"""luka with its conversations, in this process, and people who speak by sockets.

A house has one luka or several on one Redis; people reach it straight or by a wire that can be cut.
"""

import asyncio
import itertools
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import aiohttp

from bench.conversations.credentials import init_data
from chaos.ports import free_port
from chaos.relay import HOST, Relay, relay
from luka_bot.client import ChatClient, Message, Sent, Talk, Times
from luka_bot.demo.model import Answering, Reply
from tests.luka import TOKEN, Luka, running_luka, settings_for
from tests.waiting import wait_until_found

FIRST_ID = 101
LIMITS = {"messages_per_10s": 1_000_000, "sockets_per_human": 100}
HEARING = 60.0  # s in which what has to be heard is heard, however busy the machine
PATIENT = 100_000  # tries, where a test cuts on purpose


async def _at_once(_seconds: float) -> None:
    await asyncio.sleep(0)


HASTY = Times(sleep=_at_once)
"""Of a client that loses no time between two tries."""


class House:
    """lukas: they run; ports: where each of them listens."""

    def __init__(self, lukas: Sequence[Luka], ports: Sequence[int], stack: AsyncExitStack) -> None:
        self.lukas = tuple(lukas)
        self.ports = tuple(ports)
        self._stack = stack
        self._ids = itertools.count(FIRST_ID)

    @property
    def luka(self) -> Luka:
        return self.lukas[0]

    async def talk(self, human: "Human", conversation_id: str) -> Talk:
        """Open until the house closes."""
        return await self._stack.enter_async_context(human.luka.conversation(conversation_id))

    async def talks(self, people: Sequence["Human"], agents: Sequence[str] = ()) -> list[Talk]:
        """All of them in a new conversation."""
        others = [one.id for one in people[1:]]
        made = await people[0].luka.create("Storm", others, agents)
        return [await self.talk(one, made.conversation_id) for one in people]

    async def wire(self, replica: int = 0) -> Relay:
        """One that can be cut, to this replica."""
        return await self._stack.enter_async_context(relay(self.ports[replica]))

    async def human(
        self,
        replica: int = 0,
        *,
        by: Relay | None = None,
        times: Times = HASTY,
        max_retries: int = PATIENT,
    ) -> "Human":
        """Somebody new, who is signed in. by: the wire by which they come."""
        user_id = next(self._ids)
        port = by.port if by else self.ports[replica]
        opening = ChatClient.open(f"http://{HOST}:{port}", times=times, max_retries=max_retries)
        client = await self._stack.enter_async_context(opening)
        name = await client.sign_in(init_data(TOKEN, user_id, f"Ann{user_id}"))
        return Human(name, client)


class Human:
    """id: as a participant."""

    def __init__(self, participant_id: str, client: ChatClient) -> None:
        self.id = participant_id
        self.luka = client


async def hear(talk: Talk, count: int) -> list[Message]:
    """The next so many things that people said. Raises TimeoutError."""
    heard: list[Message] = []
    async with asyncio.timeout(HEARING):
        while len(heard) < count:
            event = await anext(talk)
            if isinstance(event, Message) and event.message_type == "text":
                heard.append(event)
    return heard


async def say_all(talk: Talk, count: int) -> list[Sent]:
    """One after the other: `tg:101 0`, `tg:101 1` and so on."""
    return [await talk.send(f"{talk.me} {number}") for number in range(count)]


def all_said(people: Sequence["Human"], count: int) -> dict[str, list[str]]:
    """What say_all of each of them says."""
    return {one.id: [f"{one.id} {number}" for number in range(count)] for one in people}


def by_speaker(heard: Sequence[Message]) -> dict[str, list[str]]:
    """In the order in which it was heard."""
    said: dict[str, list[str]] = {}
    for message in heard:
        said.setdefault(message.sender_id, []).append(message.content)
    return said


@asynccontextmanager
async def chat_house(
    folder: Path,
    redis_socket: Path,
    *,
    replicas: int = 1,
    reply: Answering | Reply | str = "Hello there.",
    limits: Mapping[str, object] | None = None,
) -> AsyncIterator[House]:
    """All replicas answer when this enters. limits: of `chat.limits`, besides those of LIMITS."""
    ports = [free_port() for _ in range(replicas)]
    url, chat = f"unix://{redis_socket}", {"limits": {**LIMITS, **(limits or {})}}
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(
            running_luka(
                folder,
                reply=reply,
                redis_url=url,
                chat=chat,
                flood_per_minute=0,
                web_port=ports[0],
            )
        )
        lukas = [first, *(_twin(first, folder, url, chat, port) for port in ports[1:])]
        for twin in lukas[1:]:
            twin.start()
            stack.push_async_callback(twin.stop)
        for port in ports:
            await until_ready(port)
        yield House(lukas, ports, stack)


def _twin(first: Luka, folder: Path, url: str, chat: Mapping[str, object], port: int) -> Luka:
    telegram, model = first.telegram.url, first.model.url
    chosen = settings_for(
        telegram,
        model,
        folder,
        redis_url=url,
        chat=chat,
        flood_per_minute=0,
        web_port=port,
    )
    return first.twin(chosen)


async def until_ready(port: int) -> None:
    async with aiohttp.ClientSession() as session:

        async def is_ready() -> bool:
            try:
                async with session.get(f"http://{HOST}:{port}/health/ready") as answer:
                    return answer.status == 200
            except aiohttp.ClientError:
                return False

        await wait_until_found(is_ready)
