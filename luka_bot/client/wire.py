"""One socket, from its handshake to its end."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Literal

import aiohttp
from aiohttp import WSMsgType
from yarl import URL

from luka_bot.client.errors import BadFrame, Unreachable, error_of_status

VERSION = "luka.chat.v1"
AUTH = "luka.auth."
HANDSHAKE_LIMIT = 20.0  # s
CLOSE_LIMIT = 2.0  # s; whoever doesn't answer a close is left alone

Auth = Literal["header", "subprotocol"]


class Dropped(Exception):
    """The socket ended. code: of its close, 1006 where there was none."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Credentials:
    """token: of a session, or `tma <initData>`, which can't be said as a subprotocol."""

    token: str
    auth: Auth = "header"

    @property
    def header(self) -> str:
        return self.token if self.token.startswith("tma ") else f"Bearer {self.token}"

    @property
    def protocols(self) -> tuple[str, ...]:
        if self.auth == "header":
            return (VERSION,)
        encoded = base64.urlsafe_b64encode(self.token.encode()).decode().rstrip("=")
        return (VERSION, f"{AUTH}{encoded}")


class Wire:
    """Made by `dialled`. It answers pings itself."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, now: Callable[[], float]) -> None:
        self.silence_limit = 60.0
        """Seconds without a sign of life after which it counts as broken."""
        self._socket = socket
        self._now = now
        self._heard_at = now()

    @property
    def patience(self) -> float:
        """Seconds that are left of the silence limit."""
        return self._heard_at + self.silence_limit - self._now()

    async def say(self, frame: dict[str, Any]) -> bool:
        """False if the socket has ended."""
        try:
            await self._socket.send_str(json.dumps(frame, ensure_ascii=False))
        except (ConnectionError, aiohttp.ClientError):
            return False
        return True

    async def hear(self, seconds: float) -> dict[str, Any] | None:
        """The next frame; None for a ping. Raises TimeoutError and Dropped."""
        told = await self._socket.receive(timeout=max(0.0, seconds))
        self._heard_at = self._now()
        match told.type:
            case WSMsgType.TEXT:
                return _frame_in(told.data)
            case WSMsgType.PING:
                await self._pong(told.data)
                return None
            case WSMsgType.CLOSE | WSMsgType.CLOSED | WSMsgType.CLOSING | WSMsgType.ERROR:
                raise Dropped(self._socket.close_code or 1006)
            case _:
                return None

    async def _pong(self, data: bytes) -> None:
        try:
            await self._socket.pong(data)
        except (ConnectionError, aiohttp.ClientError):
            raise Dropped(1006) from None


@asynccontextmanager
async def dialled(
    session: aiohttp.ClientSession,
    url: URL,
    credentials: Credentials,
    now: Callable[[], float],
) -> AsyncIterator[Wire]:
    """Raises what the handshake was answered with, or Unreachable."""
    socket = await _shaken(session, url, credentials)
    try:
        yield Wire(socket, now)
    finally:
        await socket.close()


async def _shaken(
    session: aiohttp.ClientSession, url: URL, credentials: Credentials
) -> aiohttp.ClientWebSocketResponse:
    in_header = credentials.auth == "header"
    try:
        async with asyncio.timeout(HANDSHAKE_LIMIT):
            return await session.ws_connect(
                url,
                protocols=credentials.protocols,
                headers={"Authorization": credentials.header} if in_header else None,
                autoping=False,
                timeout=aiohttp.ClientWSTimeout(ws_close=CLOSE_LIMIT),
            )
    except aiohttp.WSServerHandshakeError as error:
        wish = error.headers.get("Retry-After") if error.headers else None
        raise error_of_status(error.status, wish) from error
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise Unreachable(str(error)) from error


def _frame_in(text: str) -> dict[str, Any]:
    try:
        frame = json.loads(text)
    except json.JSONDecodeError:
        frame = None
    if not isinstance(frame, dict):
        raise BadFrame("luka said something that is no frame")
    return frame
