"""The models that the scripted Ollama has on its disk: listed, downloaded, deleted."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Any

from aiohttp import web

from luka_bot.demo.model import catalogue, wire
from luka_bot.demo.model.answering import cut, write
from luka_bot.demo.model.pulling import Downloads, Pulling
from luka_bot.demo.model.reply import CutHere, ErrorHere
from luka_bot.demo.model.wire import Refusal


class Shelf:
    """models are full names. pulls are the names that were asked for, as they were asked, oldest
    first; pulling counts the downloads under way. manners are those of every download from now on.
    """

    def __init__(self, models: Sequence[str], gate: asyncio.Event) -> None:
        self.models = [wire.full_name(model) for model in models]
        self.pulls: list[str] = []
        self.pulling = 0
        self.manners = Pulling()
        self._downloads = Downloads(self.models, gate)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/tags", self._tags),
            web.post("/api/show", self._show),
            web.post("/api/pull", self._pull),
            web.delete("/api/delete", self._delete),
        ]

    async def _tags(self, _: web.Request) -> web.Response:
        return web.json_response(catalogue.tags(self.models))

    async def _show(self, request: web.Request) -> web.Response:
        wire.known_model(wire.read_body(await request.read()), self.models)
        return web.json_response(catalogue.show())

    async def _delete(self, request: web.Request) -> web.Response:
        name = wire.known_model(wire.read_body(await request.read()), self.models)
        self.models.remove(wire.full_name(name))
        self._downloads.arrived.pop(wire.full_name(name), None)
        return web.Response()

    async def _pull(self, request: web.Request) -> web.StreamResponse:
        body = wire.read_body(await request.read())
        name = wire.named_model(body)
        streamed = wire.flag(body, "stream")
        self.pulls.append(name)
        self.pulling += 1
        try:
            async with aclosing(self._lines(wire.full_name(name))) as lines:
                return await (_stream(request, lines) if streamed else _whole(lines))
        finally:
            self.pulling -= 1

    async def _lines(self, model: str) -> AsyncGenerator[dict[str, Any], None]:
        """The model is there before anybody hears so."""
        async with aclosing(self._downloads.lines(model, self.manners)) as lines:
            async for line in lines:
                if line["status"] == "success" and model not in self.models:
                    self.models.append(model)
                yield line


async def _stream(
    request: web.Request, lines: AsyncGenerator[dict[str, Any], None]
) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "application/x-ndjson"})
    try:
        async for line in lines:
            await write(request, response, line)
    except ErrorHere as error:
        await write(request, response, {"error": str(error)})
    except CutHere:
        cut(request)
    return response


async def _whole(lines: AsyncGenerator[dict[str, Any], None]) -> web.StreamResponse:
    last: dict[str, Any] = {}
    try:
        async for line in lines:
            last = line
    except (ErrorHere, CutHere) as error:
        raise Refusal(500, str(error)) from error
    return web.json_response(last)
