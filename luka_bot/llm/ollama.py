"""Ollama's native API over HTTP."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from functools import partial
from typing import Self

import httpx

from luka_bot.llm import refusals
from luka_bot.llm.connection import Connection, Post, Timeouts, read_to_end
from luka_bot.llm.fields import Complaint
from luka_bot.llm.lines import lines
from luka_bot.llm.ollama_wire import (
    ChatLine,
    chat_body,
    read_line,
    read_loaded,
    read_models,
    read_pull,
    read_version,
)
from luka_bot.llm.protocol import PULLED, ChatRequest, InstalledModel, LoadedModel, PullProgress
from luka_bot.llm.thinking import ThinkSplitter
from luka_bot.models.errors import AnswerCut, ModelError
from luka_bot.models.events import Finished, ModelEvent, Thinking

VERIFYING = 1800.0  # s; reading a large model from a slow disk, without a line meanwhile
FOREIGN = "the answer isn't Ollama's JSON"


class OllamaClient:
    """A ChatModel and a ModelShelf. `open` makes the connections and closes them."""

    def __init__(self, connection: Connection, keep_alive: str, pulled: float) -> None:
        """pulled: seconds for each line of a download."""
        self._connection = connection
        self._keep_alive = keep_alive
        self._pulled = pulled

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str, timeouts: Timeouts, *, keep_alive: str) -> AsyncIterator[Self]:
        async with Connection.open(url, timeouts, FOREIGN) as connection:
            yield cls(connection, keep_alive, timeouts.pulled)

    @property
    def shown(self) -> str:
        """Its address, without secrets."""
        return self._connection.shown

    async def stream(self, request: ChatRequest) -> AsyncGenerator[ModelEvent, None]:
        """Closing the generator closes the connection, and Ollama stops computing."""
        splitter = ThinkSplitter()
        sort = partial(_sort, request)
        post = Post("/api/chat", chat_body(request, self._keep_alive), lines, sort)
        async with aclosing(self._connection.lines(post)) as answer:
            async for raw in answer:
                line = self._read(raw, request)
                if line.thinking:
                    yield Thinking(line.thinking)
                for event in splitter.feed(line.text):
                    yield event
                for call in line.calls:
                    yield call
                if line.usage:
                    for event in splitter.flush():
                        yield event
                    await read_to_end(answer)
                    yield Finished(line.usage, line.full)
                    return
        raise AnswerCut

    async def installed(self) -> tuple[InstalledModel, ...]:
        return await self._connection.ask("/api/tags", read_models, refusals.sort_any)

    async def loaded(self) -> frozenset[str]:
        """Full names of the models in its memory. Raises as `installed` does."""
        return frozenset(model.name for model in await self.loaded_models())

    async def loaded_models(self) -> tuple[LoadedModel, ...]:
        """Raises as `installed` does."""
        return await self._connection.ask("/api/ps", read_loaded, refusals.sort_any)

    async def pull(self, name: str) -> AsyncGenerator[PullProgress, None]:
        """Closing the generator closes the connection, and Ollama stops loading; it keeps what it
        has, and goes on there the next time."""
        body = {"model": name, "stream": True}
        post = Post("/api/pull", body, lines, partial(_sort_named, name), self._patience)
        async with aclosing(self._connection.lines(post)) as answer:
            async for raw in answer:
                line = self._connection.understood(raw, read_pull)
                if line.error:
                    raise _sort_named(name, httpx.codes.OK, line.error)
                if line.progress.status == PULLED:
                    await read_to_end(answer)
                    yield line.progress
                    return
                yield line.progress
        raise AnswerCut

    async def delete(self, name: str) -> None:
        await self._connection.delete("/api/delete", {"model": name}, partial(_sort_named, name))

    async def version(self) -> str:
        """Raises as `installed` does."""
        return await self._connection.ask("/api/version", read_version, refusals.sort_any)

    def _patience(self, line: bytes) -> float:
        return VERIFYING if b'"verifying' in line else self._pulled

    def _read(self, raw: bytes, request: ChatRequest) -> ChatLine:
        line = self._connection.understood(raw, partial(read_line, model=request.model))
        if line.error:
            raise _sort(request, httpx.codes.OK, line.error)
        return line


def _sort(request: ChatRequest, status: int, said: Complaint) -> ModelError:
    return refusals.sort(status, said, request)


def _sort_named(model: str, status: int, said: Complaint) -> ModelError:
    return refusals.sort_named(status, said, model)
