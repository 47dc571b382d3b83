"""Ollama's native API over HTTP."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Self, TypeVar

import httpx

from luka_bot.llm.lines import LineTooLong, lines
from luka_bot.llm.ollama_errors import sort_error
from luka_bot.llm.ollama_wire import (
    ChatLine,
    NotOllama,
    chat_body,
    read_error,
    read_line,
    read_models,
    read_version,
)
from luka_bot.llm.protocol import ChatRequest, InstalledModel
from luka_bot.llm.thinking import ThinkSplitter
from luka_bot.models.errors import AnswerCut, ModelAway, ModelError, ModelFailed, ModelStalled
from luka_bot.models.events import Finished, ModelEvent, Thinking

KEPT = 4  # idle connections; httpcore looks at each of them for each request
QUICK = 10.0  # s; for what Ollama answers from its own memory
NOT_OLLAMA = "the answer isn't Ollama's JSON"
LAST_BYTES = 0.05  # s; they follow the last line at once, or we do without the connection
ERROR_LIMIT = 64 * 1024  # bytes read of a refusal's body

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds. first_token holds for the whole wait until the first line, loading included;
    idle for each further line."""

    connect: float
    first_token: float
    idle: float


class OllamaClient:
    """A ChatModel. `open` makes the connections and closes them."""

    def __init__(
        self, http: httpx.AsyncClient, url: httpx.URL, timeouts: Timeouts, keep_alive: str
    ) -> None:
        self._http = http
        self._url = url
        self._timeouts = timeouts
        self._keep_alive = keep_alive

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str, timeouts: Timeouts, *, keep_alive: str) -> AsyncIterator[Self]:
        http = httpx.AsyncClient(
            timeout=httpx.Timeout(None, connect=timeouts.connect),  # the others are waited here
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=KEPT),
            trust_env=False,  # a proxy meant for Telegram must not stand before a neighbour
        )
        async with http:
            yield cls(http, httpx.URL(url), timeouts, keep_alive)

    async def stream(self, request: ChatRequest) -> AsyncGenerator[ModelEvent, None]:
        """Closing the generator closes the connection, and Ollama stops computing."""
        splitter = ThinkSplitter()
        async with aclosing(self._lines(request)) as answer:
            async for raw in answer:
                line = _read(raw, request)
                if line.thinking:
                    yield Thinking(line.thinking)
                for event in splitter.feed(line.text):
                    yield event
                if line.usage:
                    for event in splitter.flush():
                        yield event
                    await _read_to_end(answer)
                    yield Finished(line.usage)
                    return
        raise AnswerCut

    async def installed(self) -> tuple[InstalledModel, ...]:
        return await self._ask("/api/tags", read_models)

    async def version(self) -> str:
        """Raises as `installed` does."""
        return await self._ask("/api/version", read_version)

    async def _lines(self, request: ChatRequest) -> AsyncGenerator[bytes, None]:
        """Ends where the server ends; raises ModelStalled when it takes too long between two."""
        seconds = self._timeouts.first_token
        until = asyncio.get_running_loop().time() + seconds
        async with (
            self._answer(request, until) as response,
            aclosing(lines(response.aiter_bytes())) as chunks,
        ):
            while (line := await _next(chunks, until, seconds)) is not None:
                yield line
                seconds = self._timeouts.idle
                until = asyncio.get_running_loop().time() + seconds

    @asynccontextmanager
    async def _answer(self, request: ChatRequest, until: float) -> AsyncIterator[httpx.Response]:
        body = chat_body(request, self._keep_alive)
        http_request = self._http.build_request("POST", self._at("/api/chat"), json=body)
        try:
            async with asyncio.timeout_at(until):
                response = await self._http.send(http_request, stream=True)
        except TimeoutError as error:
            raise ModelStalled(self._timeouts.first_token) from error
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol) as error:
            raise ModelAway(self._shown) from error
        except httpx.HTTPError as error:
            raise AnswerCut from error
        async with aclosing(response):
            if response.status_code != httpx.codes.OK:
                raise await _refusal(response, request)
            yield response

    async def _ask(self, path: str, read: Callable[[bytes], T]) -> T:
        try:
            async with asyncio.timeout(QUICK):
                response = await self._http.get(self._at(path))
        except (TimeoutError, httpx.HTTPError) as error:
            raise ModelAway(self._shown) from error
        if response.status_code != httpx.codes.OK:
            raise ModelFailed(response.status_code, read_error(response.content))
        try:
            return read(response.content)
        except NotOllama as error:
            raise ModelFailed(response.status_code, NOT_OLLAMA) from error

    def _at(self, path: str) -> httpx.URL:
        return self._url.copy_with(path=self._url.path.rstrip("/") + path)

    @property
    def _shown(self) -> str:
        """The address as it may be told: the operator's password may stand in the full one."""
        return str(self._url.copy_with(userinfo=b"", query=None, fragment=None))


def _read(raw: bytes, request: ChatRequest) -> ChatLine:
    try:
        line = read_line(raw, request.model)
    except NotOllama as error:
        if raw.startswith(b"{"):  # it is Ollama's, but torn
            raise AnswerCut from error
        raise ModelFailed(httpx.codes.OK, NOT_OLLAMA) from error
    if line.error:
        raise sort_error(httpx.codes.OK, line.error, request)
    return line


async def _next(chunks: AsyncGenerator[bytes, None], until: float, seconds: float) -> bytes | None:
    try:
        async with asyncio.timeout_at(until):
            return await anext(chunks, None)
    except TimeoutError as error:
        raise ModelStalled(seconds) from error
    except LineTooLong as error:
        raise ModelFailed(httpx.codes.OK, NOT_OLLAMA) from error
    except httpx.HTTPError as error:
        raise AnswerCut from error


async def _read_to_end(answer: AsyncGenerator[bytes, None]) -> None:
    """A connection whose answer was read whole can be used again."""
    with suppress(ModelError, TimeoutError):
        async with asyncio.timeout(LAST_BYTES):
            await anext(answer, None)


async def _refusal(response: httpx.Response, request: ChatRequest) -> ModelError:
    body = b""
    try:
        async with asyncio.timeout(QUICK):
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > ERROR_LIMIT:
                    break
    except (TimeoutError, httpx.HTTPError):
        pass  # the status says enough
    return sort_error(response.status_code, read_error(body), request)
