"""Two Ollama servers that say who they are, and the pool over both."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass

from luka_bot.demo.model import ScriptedOllama
from luka_bot.llm.pool import ModelPool
from luka_bot.models.events import Delta
from tests.scenario.model.asking import client_of, request, text_of
from tests.waiting import wait_until

OFTEN = 0.01  # s


@dataclass(frozen=True, slots=True)
class Two:
    """Servers that say who they are, and the pool over both."""

    first: ScriptedOllama
    second: ScriptedOllama
    pool: ModelPool

    async def heard(self) -> str:
        async with aclosing(self.pool.stream(request())) as events:
            return text_of([event async for event in events])

    async def begin(self, stack: AsyncExitStack) -> str:
        """The first word of an answer that goes on until the stack is left."""
        events = await stack.enter_async_context(aclosing(self.pool.stream(request())))
        first = await anext(events)
        assert isinstance(first, Delta)
        return first.text

    async def looked(self) -> None:
        """The second look begins when the first is understood."""
        seen = self.first.looks, self.second.looks
        await wait_until(lambda: self.first.looks > seen[0] + 1)
        await wait_until(lambda: self.second.looks > seen[1] + 1)


@asynccontextmanager
async def pool_of(
    *urls: str, clock: Callable[[], float] = time.monotonic
) -> AsyncIterator[ModelPool]:
    async with AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(client_of(url)) for url in urls]
        yield await stack.enter_async_context(ModelPool.open(clients, clock, look_every=OFTEN))


@asynccontextmanager
async def two(
    clock: Callable[[], float] = time.monotonic, *, second_has: str = "llama3.2"
) -> AsyncIterator[Two]:
    async with (
        ScriptedOllama.open(reply="first here", models=["llama3.2"]) as first,
        ScriptedOllama.open(reply="second here", models=[second_has]) as second,
        pool_of(first.url, second.url, clock=clock) as pool,
    ):
        yield Two(first, second, pool)


async def warm(*servers: ScriptedOllama) -> None:
    for server in servers:
        async with client_of(server.url) as other, aclosing(other.stream(request())) as events:
            assert [event async for event in events]
