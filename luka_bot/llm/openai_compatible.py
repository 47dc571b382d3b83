"""OpenAI's chat API over HTTP, as vLLM, LiteLLM, llama.cpp and others offer it."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager, suppress
from functools import partial
from typing import Self

import httpx

from luka_bot.llm import refusals
from luka_bot.llm.connection import Connection, Post, Timeouts, read_to_end
from luka_bot.llm.fields import Complaint
from luka_bot.llm.openai_wire import Chunk, Counts, chat_body, events, read_chunk, read_models
from luka_bot.llm.partial_calls import PartialCalls
from luka_bot.llm.protocol import ChatRequest, InstalledModel
from luka_bot.llm.thinking import ThinkSplitter
from luka_bot.models.errors import AnswerCut, ModelError, ModelMissing, ModelNotServed
from luka_bot.models.events import Finished, ModelEvent, Thinking, Usage

FOREIGN = "the answer isn't that of an OpenAI API"
LATE = 1.0  # s; the counts follow the last word at once, or this server doesn't tell them
HIDDEN = "***"


class OpenAIClient:
    """A ChatModel. `open` makes the connections and closes them."""

    def __init__(self, connection: Connection, key: str) -> None:
        self._connection = connection
        self._key = key

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str, timeouts: Timeouts, *, key: str) -> AsyncIterator[Self]:
        """An address without a path gets /v1, where all of these servers have it."""
        parsed = httpx.URL(url)
        address = url if parsed.path.strip("/") else str(parsed.copy_with(path="/v1"))
        headers = {"Authorization": f"Bearer {key}"} if key else None
        async with Connection.open(address, timeouts, FOREIGN, headers) as connection:
            yield cls(connection, key)

    async def stream(self, request: ChatRequest) -> AsyncGenerator[ModelEvent, None]:
        """Closing the generator closes the connection, and the server stops computing."""
        started = asyncio.get_running_loop().time()
        splitter = ThinkSplitter()
        post = Post("/chat/completions", chat_body(request), events, partial(self._sort, request))
        counts: Counts | None = None
        calls = PartialCalls()
        async with aclosing(self._connection.lines(post)) as answer:
            async for raw in answer:
                chunk = self._read(raw, request)
                counts = chunk.counts or counts
                if chunk.thinking:
                    yield Thinking(chunk.thinking)
                calls.feed(chunk.calls)
                for event in splitter.feed(chunk.text):
                    yield event
                if chunk.ended or chunk.done:
                    for event in splitter.flush():
                        yield event
                    for call in calls.whole():
                        yield call
                    counts = await _last_counts(answer, chunk, counts)
                    took = asyncio.get_running_loop().time() - started
                    yield Finished(_usage(request.model, counts, took), chunk.full)
                    return
        raise AnswerCut

    async def installed(self) -> tuple[InstalledModel, ...]:
        return await self._connection.ask("/models", read_models, self._sort_any)

    def _read(self, raw: bytes, request: ChatRequest) -> Chunk:
        chunk = self._connection.understood(raw, read_chunk)
        if chunk.error:
            raise self._sort(request, httpx.codes.OK, chunk.error)
        return chunk

    def _sort(self, request: ChatRequest, status: int, said: Complaint) -> ModelError:
        match refusals.sort(status, self._told(said), request):
            case ModelMissing(model=model):
                return ModelNotServed(model)
            case error:
                return error

    def _sort_any(self, status: int, said: Complaint) -> ModelError:
        return refusals.sort_any(status, self._told(said))

    def _told(self, said: Complaint) -> Complaint:
        """Some servers repeat the key that they refuse."""
        if not self._key:
            return said
        return Complaint(said.detail.replace(self._key, HIDDEN), said.kind, said.status)


async def _last_counts(
    answer: AsyncGenerator[bytes, None], chunk: Chunk, counts: Counts | None
) -> Counts | None:
    """What comes after the answer's end can't make it less whole."""
    with suppress(ModelError, TimeoutError, ValueError):
        async with asyncio.timeout(LATE):
            while not chunk.done and (raw := await anext(answer, None)) is not None:
                chunk = read_chunk(raw)
                counts = chunk.counts or counts
    await read_to_end(answer)
    return counts


def _usage(model: str, counts: Counts | None, seconds: float) -> Usage:
    counts = counts or Counts(0, 0)
    return Usage(model, counts.prompt, counts.answer, seconds)
