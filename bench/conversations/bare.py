"""The bare experiment: sockets, one script that numbers, stores and publishes, and nothing else.

`python -m bench.conversations.bare PORT SOCKET`: one of several processes on one store. No rights,
no history, no agents, no limits, no metrics: what any luka pays at least on this machine.
"""

import asyncio
import json
import sys
from collections import defaultdict
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs
from uuid import uuid4

from aiohttp import WSMsgType, web
from redis.asyncio import Redis

BUS = "bare:bus:"
STORE = """
local seq = redis.call('HINCRBY', KEYS[1], 'seq', 1)
local whole = '{"sequence_id":' .. seq .. ',' .. string.sub(ARGV[1], 2)
redis.call('XADD', KEYS[2], 'MAXLEN', '~', 1000, seq .. '-0', 'm', whole)
redis.call('PUBLISH', KEYS[3], whole)
return seq
"""


class Bare:
    def __init__(self, redis: "Redis") -> None:
        self._redis = redis
        self._script = ""
        self._sockets: defaultdict[str, set[web.WebSocketResponse]] = defaultdict(set)
        self._last: defaultdict[str, int] = defaultdict(int)

    async def serve(self, port: int) -> None:
        """Until the process ends."""
        self._script = await self._redis.script_load(STORE)
        app = web.Application()
        app.router.add_get("/health/ready", lambda _: _answer({}))
        app.router.add_post("/auth/telegram", self._sign_in)
        app.router.add_post("/chat/conversations", self._create)
        app.router.add_get("/chat/ws/{id}", self._socket)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        await self._hear()

    async def _sign_in(self, request: web.Request) -> web.Response:
        signed = parse_qs((await request.json())["init_data"])
        who = f"tg:{json.loads(signed['user'][0])['id']}"
        return await _answer({"token": who, "participant_id": who})

    async def _create(self, _request: web.Request) -> web.Response:
        rules = {"participants": [], "input_mode": "multi", "input_timeout": 0}
        return await _answer({"conversation_id": uuid4().hex, "name": "bare", **rules})

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        talk, who = request.match_info["id"], request.headers["Authorization"].split()[-1]
        socket = web.WebSocketResponse(compress=False, protocols=("luka.chat.v1",))
        await socket.prepare(request)
        welcome = {"conversation_id": talk, "participant_id": who, "epoch": "e"}
        await socket.send_json({"type": "welcome", "current_sequence_id": 0, **welcome})
        self._sockets[talk].add(socket)
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    await self._said(socket, talk, who, json.loads(frame.data))
        finally:
            self._sockets[talk].discard(socket)
        return socket

    async def _said(
        self, socket: web.WebSocketResponse, talk: str, who: str, frame: dict[str, Any]
    ) -> None:
        if frame["type"] != "message":
            return
        message = {
            "type": "message",
            "id": frame["message_id"],
            "sender_id": who,
            "sender_name": who,
            "sender_type": "human",
            "message_type": "text",
            "content": frame["content"],
            "server_timestamp": datetime.now(UTC).isoformat(),
        }
        keys = (f"bare:{talk}", f"bare:log:{talk}", f"{BUS}{talk}")
        number = await self._redis.evalsha(self._script, 3, *keys, json.dumps(message))
        ack = {"type": "ack", "message_id": frame["message_id"], "sequence_id": int(number)}
        await socket.send_json(ack)

    async def _hear(self) -> None:
        async with self._redis.pubsub() as bus:
            await bus.psubscribe(f"{BUS}*")
            async for event in bus.listen():
                if event["type"] == "pmessage":
                    await self._told(event["channel"].removeprefix(BUS), event["data"])

    async def _told(self, talk: str, text: str) -> None:
        """In order; what the bus lost is looked up."""
        number = int(json.loads(text)["sequence_id"])
        last, self._last[talk] = self._last[talk], max(number, self._last[talk])
        if number > last + 1:
            span = f"{last + 1}-0", f"{number - 1}-0"
            missed: Any = await self._redis.xrange(f"bare:log:{talk}", *span)
            for _, entry in missed:
                await self._spread(talk, entry["m"])
        if number > last:
            await self._spread(talk, text)

    async def _spread(self, talk: str, text: str) -> None:
        for socket in list(self._sockets[talk]):
            await socket.send_str(text)


async def _answer(said: dict[str, Any]) -> web.Response:
    return web.json_response(said)


async def _main(port: int, socket: str) -> None:
    redis = Redis(unix_socket_path=socket, decode_responses=True)
    await Bare(redis).serve(port)


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1]), sys.argv[2]))
