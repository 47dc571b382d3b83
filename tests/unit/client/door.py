"""A door that says what the test wants it to, frame by frame."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import WSMsgType, web

HOST = "127.0.0.1"

Socket = web.WebSocketResponse
Script = Callable[[Socket], Awaitable[None]]


def welcome(current: int = 0, epoch: str = "k3f9") -> dict[str, Any]:
    return {
        "type": "welcome",
        "conversation_id": "c1",
        "participant_id": "tg:7",
        "epoch": epoch,
        "current_sequence_id": current,
        "input_mode": "single",
        "input_timeout": 100,
        "participants": [{"id": "tg:7", "name": "Ann", "type": "human", "online": True}],
        "heartbeat": 30,
        "limits": {"max_message_size": 10000, "queue_size": 1000, "max_participants": 100},
        "resumed": False,
    }


def message(number: int, content: str = "", **more: object) -> dict[str, Any]:
    return {
        "type": "message",
        "id": f"m{number}",
        "sequence_id": number,
        "sender_id": "tg:8",
        "sender_name": "Ben",
        "sender_type": "human",
        "message_type": "text",
        "content": content or f"number {number}",
        "server_timestamp": "2025-10-04T08:45:00.000+00:00",
        **more,
    }


class Door:
    """connections: the queries and headers with which somebody came; each one meets the next
    script, the last of them all that come after."""

    def __init__(self, *scripts: Script) -> None:
        self.url = ""
        self.connections: list[web.Request] = []
        self.heard: list[dict[str, Any]] = []
        self._scripts = scripts

    async def connected(self, request: web.Request) -> web.StreamResponse:
        script = self._scripts[min(len(self.connections), len(self._scripts) - 1)]
        self.connections.append(request)
        socket = web.WebSocketResponse(protocols=("luka.chat.v1",), autoping=False)
        await socket.prepare(request)
        await script(socket)
        return socket

    async def hears(self, socket: Socket) -> dict[str, Any]:
        """The next frame; pongs are skipped."""
        while True:
            told = await socket.receive()
            if told.type is WSMsgType.TEXT:
                frame: dict[str, Any] = json.loads(told.data)
                self.heard.append(frame)
                return frame


@asynccontextmanager
async def opened(door: Door, *others: web.RouteDef) -> AsyncIterator[Door]:
    app = web.Application()
    app.add_routes([web.get("/chat/ws/{id}", door.connected), *others])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, HOST, 0).start()
    door.url = f"http://{HOST}:{runner.addresses[0][1]}"
    try:
        yield door
    finally:
        await runner.cleanup()
