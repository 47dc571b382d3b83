"""How the scripted model's door says something: a line, a refusal, or nothing any more."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from luka_bot.demo.model.wire import Refusal


@web.middleware
async def refusing(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    try:
        return await handler(request)
    except Refusal as refusal:
        return web.json_response({"error": refusal.text}, status=refusal.status)


async def write(request: web.Request, response: web.StreamResponse, line: dict[str, Any]) -> None:
    """The status goes out with the first line, as Ollama does it."""
    if not response.prepared:
        await response.prepare(request)
    await response.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")


def cut(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
