"""Several servers that share the work, and look like one."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from typing import Self, TypeVar

from luka_bot import metrics
from luka_bot.background import Background
from luka_bot.llm.pooled_server import PooledServer, Server
from luka_bot.llm.protocol import PULLED, ChatRequest, InstalledModel, LoadedModel, PullProgress
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


T = TypeVar("T")


class ModelPool:
    """A ChatModel and a ModelShelf. `open` watches the servers in the background; their owner
    closes them.

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
        found = await self._all(lambda server: server.model.installed())
        return tuple({model.name: model for models in found for model in models}.values())

    async def loaded_models(self) -> tuple[LoadedModel, ...]:
        """Those of all servers that are there; one that two have loaded stands there twice."""
        found = await self._all(lambda server: server.model.loaded_models())
        return tuple(model for models in found for model in models)

    async def pull(self, name: str) -> AsyncGenerator[PullProgress, None]:
        """By one server after the other, also after one failed; then that error is raised.

        A layer counts once for each server, so its digest has the server's number in front.
        """
        refused: list[ModelError] = []
        for number, server in enumerate(self._servers, start=1):
            try:
                async with aclosing(server.pull(name)) as lines:
                    async for line in lines:
                        if line.status != PULLED:
                            yield _of_server(number, line)
            except ModelError as error:
                refused.append(error)
        if refused:
            raise _told(refused)
        yield PullProgress(PULLED)

    async def delete(self, name: str) -> None:
        """From all servers; what one of them hasn't got matters only if none has it."""
        answers = [await _or_error(server.model.delete(name)) for server in self._servers]
        refused = [answer for answer in answers if answer is not None]
        failed = [error for error in refused if not isinstance(error, ModelMissing)]
        if failed or len(refused) == len(self._servers):
            raise _told(failed or refused)

    async def _all(self, ask: Callable[[PooledServer], Awaitable[T]]) -> list[T]:
        """What the servers say that are there. Raises a ModelError if none says anything."""
        asked = [server for server in self._servers if server.alive] or self._servers
        answers = await asyncio.gather(*(_or_error(ask(server)) for server in asked))
        found = [answer for answer in answers if not isinstance(answer, ModelError)]
        if not found:
            raise _told([answer for answer in answers if isinstance(answer, ModelError)])
        return found

    async def _watch(self, server: PooledServer, look_every: float) -> None:
        while True:
            await server.look()
            metrics.MODEL_SERVERS.labels("alive").set(self.alive)
            metrics.MODEL_SERVERS.labels("away").set(len(self._servers) - self.alive)
            await asyncio.sleep(look_every)


async def _or_error(asked: Awaitable[T]) -> T | ModelError:
    try:
        return await asked
    except ModelError as error:
        return error


def _of_server(number: int, line: PullProgress) -> PullProgress:
    return replace(line, digest=f"{number}/{line.digest}") if line.digest else line


def _told(refused: Sequence[ModelError]) -> ModelError:
    if all(isinstance(error, ModelAway) for error in refused):
        return ModelAway(", ".join(str(error) for error in refused))
    return min(refused, key=_rank)


def _rank(error: ModelError) -> int:
    ranks = (rank for rank, kind in enumerate(PASSED_ON) if isinstance(error, kind))
    return next(ranks, len(PASSED_ON))
