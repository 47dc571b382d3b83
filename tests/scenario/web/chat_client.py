"""Somebody's browser, or program, in front of conversations."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp

Headers = Mapping[str, str]
NO_HEADERS: Headers = {}


@dataclass(slots=True)
class Wire:
    """One socket, as a client has it."""

    ws: aiohttp.ClientWebSocketResponse
    seen: list[dict[str, Any]] = field(default_factory=list)

    async def send(self, **frame: object) -> None:
        await self.ws.send_json(frame)

    async def say(self, text: str, message_id: str = "m1", **more: object) -> None:
        await self.send(type="message", message_id=message_id, content=text, **more)

    async def next(self, *kinds: str) -> dict[str, Any]:
        """The next frame of one of these kinds."""
        async with asyncio.timeout(5):
            while True:
                frame: dict[str, Any] = await self.ws.receive_json()
                self.seen.append(frame)
                if frame["type"] in kinds:
                    return frame

    async def hears(self, text: str) -> dict[str, Any]:
        while (frame := await self.next("message"))["content"] != text:
            pass
        return frame

    async def closed(self) -> int:
        """The code with which it is closed."""
        async with asyncio.timeout(10):
            while True:
                got = await self.ws.receive()
                if got.type is aiohttp.WSMsgType.TEXT:
                    self.seen.append(json.loads(got.data))
                elif got.type is not aiohttp.WSMsgType.PING:
                    return self.ws.close_code or 0

    def kinds(self) -> list[str]:
        return [one["type"] for one in self.seen]


@dataclass(slots=True)
class Client:
    """Somebody who is signed in; token "" is nobody."""

    home: str
    session: aiohttp.ClientSession
    token: str = ""

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    async def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        status: int = 200,
        headers: Headers = NO_HEADERS,
    ) -> Any:  # noqa: ANN401 - JSON
        """What it answers, if that has this status."""
        data = body if isinstance(body, bytes) else None if body is None else json.dumps(body)
        sent = {**self.headers, **headers}
        async with self.session.request(method, self.home + path, data=data, headers=sent) as got:
            text = await got.text()
            assert got.status == status, (method, path, got.status, text)
            return json.loads(text) if got.content_type == "application/json" and text else text

    async def refused(
        self, method: str, path: str, body: object = None, headers: Headers = NO_HEADERS
    ) -> str:
        """With which code."""
        sent = {**self.headers, **headers}
        data = None if body is None else json.dumps(body)
        async with self.session.request(method, self.home + path, data=data, headers=sent) as got:
            error = (await got.json())["error"]
            assert got.status == error["status"]
            assert bool(error.get("retry_after")) == ("Retry-After" in got.headers)
            return str(error["code"])

    async def creates(self, *others: int, agents: Sequence[str] | None = ()) -> str:
        people = [f"tg:{other}" for other in others]
        body = {"name": "Trip", "participants": people, "agents": agents}
        made = await self.call("POST", "/chat/conversations", body, status=201)
        return str(made["conversation_id"])

    @asynccontextmanager
    async def socket(
        self, conversation: str, query: str = "", **more: object
    ) -> AsyncIterator[Wire]:
        url = f"{self.home}/chat/ws/{conversation}{query}"
        options: dict[str, Any] = {"headers": self.headers, **more}
        async with self.session.ws_connect(url, **options) as ws:
            yield Wire(ws)

    async def knocks(self, conversation: str, headers: Headers = NO_HEADERS) -> int:
        """The status with which a socket is refused."""
        try:
            async with self.session.ws_connect(
                f"{self.home}/chat/ws/{conversation}", headers={**self.headers, **headers}
            ):
                return 101
        except aiohttp.WSServerHandshakeError as error:
            return error.status
