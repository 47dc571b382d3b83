"""The scripted model's door: Ollama's HTTP API on the loopback interface."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from typing import Any, Self

from aiohttp import web

from luka_bot.demo.model import catalogue, wire
from luka_bot.demo.model.answering import cut, refusing, write
from luka_bot.demo.model.pulling import Pulling
from luka_bot.demo.model.reply import (
    Answering,
    CutHere,
    ErrorHere,
    Piece,
    Reply,
    joined,
    perform,
)
from luka_bot.demo.model.shelf import Shelf
from luka_bot.demo.model.wire import Call, Refusal

HOST = "127.0.0.1"
ACCEPTING = 5  # rounds of the loop until a connection that was just accepted is known to us
BODY_LIMIT = 64 * 2**20  # bytes; pictures come inside the JSON


class ScriptedOllama:
    """url is http://127.0.0.1:port. requests are the bodies of all chat requests, oldest first.

    gate is open; clear it and every stream and download waits before its next piece until it is
    set again.
    streaming counts the streams under way, aborted those that the client closed before the end,
    looks how often somebody asked what is in memory. knows_tools: whether its models can use any.
    """

    def __init__(self, port: int, reply: Answering | Reply | str, models: Sequence[str]) -> None:
        self.requests: list[dict[str, Any]] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.aborted = 0
        self.streaming = 0
        self.looks = 0
        self.knows_tools = True
        self._port = port
        self._reply = reply
        self._next: deque[Reply | str] = deque()
        self._shelf = Shelf(models, self.gate)
        self._runner: web.AppRunner | None = None

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        *,
        port: int = 0,
        reply: Answering | Reply | str = "Hello there.",
        models: Sequence[str] = ("llama3.2", "qwen3"),
    ) -> AsyncIterator[Self]:
        """port 0 takes a free one. For the demo: reply=`luka_bot.demo.model.persona.converse`."""
        model = cls(port, reply, models)
        await model.start()
        try:
            yield model
        finally:
            await model.stop()

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self._port}"

    def reply_with(self, *replies: Reply | str) -> None:
        """Answer the next requests with these, in order; after them `reply` holds again."""
        self._next.extend(replies)

    def pull_with(self, manners: Pulling) -> None:
        """From now on models are downloaded so. A name with "missing" in it is nowhere."""
        self._shelf.manners = manners

    @property
    def models(self) -> list[str]:
        """Full names of those on its disk."""
        return list(self._shelf.models)

    @property
    def pulls(self) -> list[str]:
        """The names that downloads were asked for, oldest first."""
        return list(self._shelf.pulls)

    @property
    def pulling(self) -> int:
        """How many downloads are under way."""
        return self._shelf.pulling

    async def stop(self) -> None:
        """As if Ollama was killed: nobody listens, and running streams break."""
        runner, self._runner = self._runner, None
        if runner is None:
            return
        for site in list(runner.sites):
            await site.stop()
        for _ in range(ACCEPTING):
            await asyncio.sleep(0)
        for connection in runner.server.connections if runner.server else ():
            connection.force_close()
        await runner.cleanup()

    async def start(self) -> None:
        """Listen again, at the same port."""
        app = web.Application(middlewares=[refusing], client_max_size=BODY_LIMIT)
        app.add_routes(
            [
                web.get("/", self._alive),
                web.get("/api/version", self._version),
                web.get("/api/ps", self._running),
                web.post("/api/chat", self._chat),
                *self._shelf.routes(),
            ]
        )
        # Only a cancelled handler notices at once that the client went away.
        runner = web.AppRunner(app, handler_cancellation=True, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, HOST, self._port, reuse_address=True).start()
        self._port = runner.addresses[0][1]
        self._runner = runner

    async def _alive(self, _: web.Request) -> web.Response:
        return web.Response(text="Ollama is running")

    async def _version(self, _: web.Request) -> web.Response:
        return web.json_response({"version": catalogue.VERSION})

    async def _running(self, _: web.Request) -> web.Response:
        self.looks += 1
        used = {wire.full_name(str(body.get("model"))) for body in self.requests}
        return web.json_response(catalogue.running(sorted(used.intersection(self._shelf.models))))

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        body = wire.read_body(await request.read())
        self.requests.append(body)
        call = wire.read_call(body, wire.known_model(body, self._shelf.models))
        if call.asked.tools and not self.knows_tools:
            raise Refusal(400, f"{wire.full_name(call.asked.model)} does not support tools")
        reply = self._choose(call)
        if reply.status != 200:
            raise Refusal(reply.status, reply.error)
        self.streaming += 1
        try:
            return await (self._stream if call.stream else self._whole)(request, call, reply)
        except (asyncio.CancelledError, ConnectionResetError):
            self.aborted += self._runner is not None  # else it is we who broke the stream
            raise
        finally:
            self.streaming -= 1

    def _choose(self, call: Call) -> Reply:
        chosen = self._next.popleft() if self._next else self._reply
        reply = chosen if isinstance(chosen, Reply | str) else chosen(call.asked)
        return Reply(reply) if isinstance(reply, str) else reply

    async def _stream(self, request: web.Request, call: Call, reply: Reply) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "application/x-ndjson"})
        started = time.monotonic()
        try:
            async with aclosing(perform(reply, self.gate)) as pieces:
                async for piece in pieces:
                    await write(request, response, wire.piece_line(call.asked.model, piece))
            counts = _counts(call, reply)
            line = wire.last_line(call.asked.model, started, counts, full=reply.full)
            await write(request, response, line)
        except ErrorHere as error:
            await write(request, response, {"error": str(error)})
        except CutHere:
            cut(request)
        return response

    async def _whole(self, _: web.Request, call: Call, reply: Reply) -> web.StreamResponse:
        started = time.monotonic()
        said = Piece()
        try:
            async with aclosing(perform(reply, self.gate)) as pieces:
                async for piece in pieces:
                    said = joined(said, piece)
        except (ErrorHere, CutHere) as error:
            raise Refusal(500, str(error)) from error
        counts = _counts(call, reply)
        line = wire.last_line(call.asked.model, started, counts, full=reply.full)
        message = wire.piece_line(call.asked.model, said)["message"]
        return web.json_response({**line, "message": message})


def _counts(call: Call, reply: Reply) -> tuple[int, int]:
    prompt, answer = reply.prompt_tokens, reply.answer_tokens
    return (
        call.prompt_tokens if prompt is None else prompt,
        wire.tokens(reply.thinking + reply.text) if answer is None else answer,
    )
