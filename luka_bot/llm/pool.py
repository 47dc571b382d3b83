"""Several servers that share the work, and look like one."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing, asynccontextmanager
from typing import Self

from luka_bot import metrics
from luka_bot.background import Background
from luka_bot.llm.pooled_server import PooledServer, Server
from luka_bot.llm.protocol import ChatRequest, InstalledModel
from luka_bot.models.errors import (
    AnswerCut,
    ModelAway,
    ModelBusy,
    ModelError,
    ModelMissing,
    ModelOutOfMemory,
)
from luka_bot.models.events import ModelEvent

LOOK_EVERY = 3.0  # s; how old what we know of a server may be

# After these another server may still answer; if none does, the first kind is what a person is
# told, for it ends the soonest.
PASSED_ON = (ModelBusy, ModelAway, AnswerCut, ModelOutOfMemory, ModelMissing)


class ModelPool:
    """A ChatModel. `open` watches the servers in the background; their owner closes them.

    The one with the fewest running answers is asked, one that has the model in memory before
    another, and else the one that stands first. A server that is away, hasn't got the model, or
    stalled with it comes last until it is otherwise.
    """

    def __init__(self, servers: Sequence[Server], clock: Callable[[], float]) -> None:
        self._servers = [PooledServer(server, clock) for server in servers]

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        servers: Sequence[Server],
        clock: Callable[[], float],
        *,
        look_every: float = LOOK_EVERY,
    ) -> AsyncIterator[Self]:
        """clock is monotonic; look_every in seconds."""
        pool = cls(servers, clock)
        async with Background() as background:
            for server in pool._servers:
                background.spawn("model_pool.watch", pool._watch(server, look_every))
            yield pool

    @property
    def alive(self) -> int:
        """How many servers answered when they were last met."""
        return sum(server.alive for server in self._servers)

    async def stream(self, request: ChatRequest) -> AsyncGenerator[ModelEvent, None]:
        """Another server is asked only as long as there was no event."""
        left = list(self._servers)
        refused: list[ModelError] = []
        while left:
            server = min(left, key=lambda server: server.load(request.model))
            left.remove(server)
            async with aclosing(server.stream(request)) as events:
                try:
                    event = await anext(events)
                except PASSED_ON as error:
                    server.passed_over(error)
                    refused.append(error)
                    continue
                yield event
                async for event in events:
                    yield event
                return
        raise _told(refused)

    async def installed(self) -> tuple[InstalledModel, ...]:
        """What any of the servers has that are there."""
        asked = [server for server in self._servers if server.alive] or self._servers
        answers = await asyncio.gather(*map(_installed, asked))
        found = [answer for answer in answers if not isinstance(answer, ModelError)]
        if not found:
            raise _told([answer for answer in answers if isinstance(answer, ModelError)])
        return tuple({model.name: model for models in found for model in models}.values())

    async def _watch(self, server: PooledServer, look_every: float) -> None:
        while True:
            await server.look()
            metrics.MODEL_SERVERS.labels("alive").set(self.alive)
            metrics.MODEL_SERVERS.labels("away").set(len(self._servers) - self.alive)
            await asyncio.sleep(look_every)


async def _installed(server: PooledServer) -> tuple[InstalledModel, ...] | ModelError:
    try:
        return await server.model.installed()
    except ModelError as error:
        return error


def _told(refused: Sequence[ModelError]) -> ModelError:
    if all(isinstance(error, ModelAway) for error in refused):
        return ModelAway(", ".join(str(error) for error in refused))
    return min(refused, key=_rank)


def _rank(error: ModelError) -> int:
    ranks = (rank for rank, kind in enumerate(PASSED_ON) if isinstance(error, kind))
    return next(ranks, len(PASSED_ON))
