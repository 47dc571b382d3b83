"""Server-sent events: what happens, to every page that is open."""

import asyncio
import json
from collections.abc import Callable

from aiohttp import web

from luka_bot.demo.telegram.json_types import Json

MOST_WAITING = 1000  # events; a page that reads slower is cut off and loads the state anew
HEARTBEAT = 15.0  # s


class Reader:
    def __init__(self, cut: Callable[[], None]) -> None:
        self.queue: asyncio.Queue[str | None] = asyncio.Queue(MOST_WAITING)
        self.cut = cut


class EventStream:
    def __init__(self) -> None:
        self._readers: set[Reader] = set()

    @property
    def readers(self) -> int:
        return len(self._readers)

    def add(self, cut: Callable[[], None]) -> Reader:
        """`cut` is called, once, when this one has fallen too far behind."""
        reader = Reader(cut)
        self._readers.add(reader)
        return reader

    def publish(self, event: Json) -> None:
        line = f"data: {json.dumps(event, ensure_ascii=False)}\n\n"
        for reader in list(self._readers):
            try:
                reader.queue.put_nowait(line)
            except asyncio.QueueFull:
                self._readers.discard(reader)
                reader.cut()

    def close(self) -> None:
        for reader in self._readers:
            if not reader.queue.full():
                reader.queue.put_nowait(None)
            else:
                reader.cut()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Runs until the page goes, reads too slowly, or we close."""
        response = web.StreamResponse(headers={"Cache-Control": "no-store"})
        response.content_type = "text/event-stream"
        await response.prepare(request)
        transport = request.transport
        reader = self.add(transport.abort if transport else lambda: None)
        try:
            await response.write(b": hello\n\n")
            await _forward(reader, response)
        except ConnectionResetError:
            pass
        finally:
            self._readers.discard(reader)
        return response


async def _forward(reader: Reader, response: web.StreamResponse) -> None:
    while True:
        try:
            line = await asyncio.wait_for(reader.queue.get(), HEARTBEAT)
        except TimeoutError:
            line = ": still here\n\n"
        if line is None:
            return
        await response.write(line.encode())
