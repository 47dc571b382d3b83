"""A server that says exactly these bytes, torn exactly there."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nConnection: close\r\n\r\n"


@asynccontextmanager
async def saying(pieces: Iterable[bytes], *, hang: bool = False) -> AsyncIterator[str]:
    """Gives the URL. Every connection hears the pieces, each in a packet of its own, and is then
    closed, or with hang kept open without a word."""
    spoken = tuple(pieces)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        for piece in spoken:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)
        if hang:
            await reader.read(-1)
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        host, port = server.sockets[0].getsockname()
        yield f"http://{host}:{port}"
