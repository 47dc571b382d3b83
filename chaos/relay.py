"""A wire to Redis that can be held up and cut."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

HOST = "127.0.0.1"
CHUNK = 1 << 16  # bytes


class Relay:
    """Made by `relay`. Where nobody listens behind it, it hangs up."""

    def __init__(self, port: int) -> None:
        self.port = 0
        self.behind = port
        """Where new connections lead."""
        self._flows = asyncio.Event()
        self._flows.set()
        self._writers: set[StreamWriter] = set()

    def pause(self) -> None:
        """Nothing passes any more, in either direction, and nobody is told."""
        self._flows.clear()

    def resume(self) -> None:
        self._flows.set()

    def cut(self) -> None:
        """Every connection breaks; new ones may come at once."""
        for writer in list(self._writers):
            writer.transport.abort()

    async def connected(self, reader: StreamReader, writer: StreamWriter) -> None:
        with suppress(OSError, ExceptionGroup):
            async with self._held(writer):
                await self._flows.wait()
                far_reader, far_writer = await asyncio.open_connection(HOST, self.behind)
                async with self._held(far_writer), asyncio.TaskGroup() as group:
                    group.create_task(self._pump(reader, far_writer))
                    group.create_task(self._pump(far_reader, writer))

    @asynccontextmanager
    async def _held(self, writer: StreamWriter) -> AsyncIterator[None]:
        self._writers.add(writer)
        try:
            yield
        finally:
            self._writers.discard(writer)
            writer.transport.abort()

    async def _pump(self, reader: StreamReader, writer: StreamWriter) -> None:
        while data := await reader.read(CHUNK):
            await self._flows.wait()
            writer.write(data)
            await writer.drain()
        raise ConnectionResetError  # one side ended, so the other one does


@asynccontextmanager
async def relay(port: int) -> AsyncIterator[Relay]:
    """To this port, by one of its own."""
    wire = Relay(port)
    server = await asyncio.start_server(wire.connected, HOST, 0)
    wire.port = int(server.sockets[0].getsockname()[1])
    try:
        yield wire
    finally:
        server.close()
        wire.resume()
        wire.cut()
        await server.wait_closed()
