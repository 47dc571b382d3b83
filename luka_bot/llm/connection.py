"""How any model's server is asked over HTTP: its connections, its waiting, its refusals."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Self, TypeVar

import httpx

from luka_bot.llm.fields import Complaint, Unreadable, read_complaint
from luka_bot.llm.lines import LineTooLong
from luka_bot.models.errors import AnswerCut, ModelAway, ModelError, ModelFailed, ModelStalled

KEPT = 4  # idle connections; httpcore looks at each of them for each request
QUICK = 10.0  # s; for what a server answers from its own memory
LONG = 60.0  # s; for what it does with files
PULLED = 120.0  # s between two lines of a download; the server itself tries a silent part again
LAST_BYTES = 0.05  # s; they follow the last line at once, or we do without the connection
ERROR_LIMIT = 64 * 1024  # bytes read of a refusal's body

T = TypeVar("T")
Lines = Callable[[AsyncIterator[bytes]], AsyncGenerator[bytes, None]]
Sort = Callable[[int, Complaint], ModelError]


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds. first_token holds for the whole wait until the first line, loading included;
    idle for each further line; pulled for each line of a download."""

    connect: float
    first_token: float
    idle: float
    pulled: float = PULLED

    def patience(self, line: bytes) -> float:
        """For the line after this one; b"" for the first."""
        return self.idle if line else self.first_token


@dataclass(frozen=True, slots=True)
class Post:
    """A question on its way. lines cuts the answer, sort names a refusal by status and words.
    patience: seconds for the line after this one (b"" for the first) where Timeouts don't hold."""

    path: str
    body: Mapping[str, Any]
    lines: Lines
    sort: Sort
    patience: Callable[[bytes], float] | None = None


class Connection:
    """`open` makes the connections and closes them. foreign: what is said of strange answers."""

    def __init__(
        self, http: httpx.AsyncClient, url: httpx.URL, timeouts: Timeouts, foreign: str
    ) -> None:
        self._http = http
        self._url = url
        self._timeouts = timeouts
        self._foreign = foreign

    @classmethod
    @asynccontextmanager
    async def open(
        cls, url: str, timeouts: Timeouts, foreign: str, headers: Mapping[str, str] | None = None
    ) -> AsyncIterator[Self]:
        http = httpx.AsyncClient(
            headers=headers,
            timeout=httpx.Timeout(None, connect=timeouts.connect),  # the others are waited here
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=KEPT),
            trust_env=False,  # a proxy meant for Telegram must not stand before a neighbour
        )
        async with http:
            yield cls(http, httpx.URL(url), timeouts, foreign)

    @property
    def shown(self) -> str:
        """The address as it may be told."""
        return without_secrets(self._url)

    async def lines(self, post: Post) -> AsyncGenerator[bytes, None]:
        """Ends where the server ends; raises ModelStalled when it takes too long between two.

        Closing it closes the connection.
        """
        patience = post.patience or self._timeouts.patience
        seconds = patience(b"")
        until = asyncio.get_running_loop().time() + seconds
        async with (
            self._answer(post, until, seconds) as response,
            aclosing(post.lines(response.aiter_bytes())) as chunks,
        ):
            while (line := await self._next(chunks, until, seconds)) is not None:
                yield line
                seconds = patience(line)
                until = asyncio.get_running_loop().time() + seconds

    def understood(self, raw: bytes, read: Callable[[bytes], T]) -> T:
        """Raises AnswerCut for a torn line, and ModelFailed for one of somebody else's."""
        try:
            return read(raw)
        except Unreadable as error:
            if raw.startswith(b"{"):
                raise AnswerCut from error
            raise self._strange() from error

    async def ask(self, path: str, read: Callable[[bytes], T], sort: Sort) -> T:
        """Raises ModelAway, what sort says, or ModelFailed for an answer that read refuses."""
        request = self._http.build_request("GET", self._at(path))
        content = await self._told(request, QUICK, sort)
        try:
            return read(content)
        except Unreadable as error:
            raise self._strange() from error

    async def delete(self, path: str, body: Mapping[str, Any], sort: Sort) -> None:
        """Raises ModelAway, or what sort says."""
        request = self._http.build_request("DELETE", self._at(path), json=body)
        await self._told(request, LONG, sort)

    async def _told(self, request: httpx.Request, seconds: float, sort: Sort) -> bytes:
        try:
            async with asyncio.timeout(seconds):
                response = await self._http.send(request)
        except (TimeoutError, httpx.HTTPError) as error:
            raise ModelAway(self.shown) from error
        if response.status_code != httpx.codes.OK:
            raise sort(response.status_code, read_complaint(response.content))
        return response.content

    @asynccontextmanager
    async def _answer(
        self, post: Post, until: float, seconds: float
    ) -> AsyncIterator[httpx.Response]:
        request = self._http.build_request("POST", self._at(post.path), json=post.body)
        try:
            async with asyncio.timeout_at(until):
                response = await self._http.send(request, stream=True)
        except TimeoutError as error:
            raise ModelStalled(seconds) from error
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol) as error:
            raise ModelAway(self.shown) from error
        except httpx.HTTPError as error:
            raise AnswerCut from error
        async with aclosing(response):
            if response.status_code != httpx.codes.OK:
                raise post.sort(response.status_code, await _refusal(response))
            yield response

    async def _next(
        self, chunks: AsyncGenerator[bytes, None], until: float, seconds: float
    ) -> bytes | None:
        try:
            async with asyncio.timeout_at(until):
                return await anext(chunks, None)
        except TimeoutError as error:
            raise ModelStalled(seconds) from error
        except LineTooLong as error:
            raise self._strange() from error
        except httpx.HTTPError as error:
            raise AnswerCut from error

    def _strange(self) -> ModelFailed:
        return ModelFailed(httpx.codes.OK, self._foreign)

    def _at(self, path: str) -> httpx.URL:
        return self._url.copy_with(path=self._url.path.rstrip("/") + path)


def without_secrets(url: httpx.URL | str) -> str:
    """The operator's password may stand in an address."""
    return str(httpx.URL(url).copy_with(userinfo=b"", query=None, fragment=None))


async def read_to_end(answer: AsyncGenerator[bytes, None]) -> None:
    """A connection whose answer was read whole can be used again."""
    with suppress(ModelError, TimeoutError):
        async with asyncio.timeout(LAST_BYTES):
            await anext(answer, None)


async def _refusal(response: httpx.Response) -> Complaint:
    body = b""
    with suppress(TimeoutError, httpx.HTTPError):  # the status says enough
        async with asyncio.timeout(QUICK):
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > ERROR_LIMIT:
                    break
    return read_complaint(body)
