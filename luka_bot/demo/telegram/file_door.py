"""Where bots fetch files: the path that getFile told, and trouble where a test ordered it."""

import asyncio

from aiohttp import web

from luka_bot.demo.telegram.faults import Fault, FaultKind, Faults
from luka_bot.demo.telegram.records import StoredFile
from luka_bot.demo.telegram.world import World

FETCH = "file"  # what trouble with it is ordered by, as if it were a method


class FileDoor:
    def __init__(self, token: str, world: World, faults: Faults, closing: asyncio.Event) -> None:
        self._token = token
        self._world = world
        self._faults = faults
        self._closing = closing

    async def fetch(self, request: web.Request) -> web.StreamResponse:
        file = self._world.files.get(request.match_info["file_id"])
        if request.match_info["token"] != self._token or file is None:
            return _refusal(404, "Not Found")
        match self._faults.take(FETCH, None, {"file_id": file.id}):
            case None:
                return web.Response(body=file.content, content_type="application/octet-stream")
            case Fault(kind=FaultKind.REFUSE) as fault:
                return _refusal(fault.status, fault.description, fault.retry_after)
            case Fault(kind=FaultKind.CUT_AFTER):
                await _begun(request, file)
            case Fault(kind=FaultKind.SILENCE | FaultKind.HOLD):
                await self._closing.wait()
            case _:
                pass
        if request.transport is not None:
            request.transport.abort()
        return web.Response()  # goes nowhere


def _refusal(status: int, words: str, retry_after: int | None = None) -> web.Response:
    """retry_after in seconds."""
    body = {"ok": False, "error_code": status, "description": words}
    headers = None if retry_after is None else {"Retry-After": str(retry_after)}
    return web.json_response(body, status=status, headers=headers)


async def _begun(request: web.Request, file: StoredFile) -> None:
    """Half of it."""
    response = web.StreamResponse(headers={"Content-Length": str(len(file.content))})
    await response.prepare(request)
    await response.write(file.content[: len(file.content) // 2])
