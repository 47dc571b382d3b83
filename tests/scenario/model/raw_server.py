"""A server that says exactly these bytes, torn exactly there."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress

from tests.waiting import wait_until

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nConnection: close\r\n\r\n"


@asynccontextmanager
async def saying(pieces: Iterable[bytes], *, hang: bool = False) -> AsyncIterator[str]:
    """Gives the URL. Every connection hears the pieces, each in a packet of its own, and is then
    closed, or with hang kept open without a word until the other side closes it."""
    spoken = tuple(pieces)
    served: set[asyncio.StreamWriter] = set()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        served.add(writer)
        with suppress(ConnectionError, asyncio.IncompleteReadError):  # who leaves asks nothing
            await _speak(reader, writer, spoken, hang=hang)
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()
        served.discard(writer)

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        host, port = server.sockets[0].getsockname()
        yield f"http://{host}:{port}"
        await wait_until(lambda: not served)


async def _speak(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    spoken: tuple[bytes, ...],
    *,
    hang: bool,
) -> None:
    await reader.readuntil(b"\r\n\r\n")
    for piece in spoken:
        writer.write(piece)
        await writer.drain()
        await asyncio.sleep(0)
    if hang:
        await reader.read(-1)
