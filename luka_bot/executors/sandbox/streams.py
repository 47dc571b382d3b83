"""Pipes to and from a command, which luka closes itself."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import IO

CHUNK = 1 << 16


@contextmanager
def as_file(content: bytes) -> Iterator[IO[bytes]]:
    """Nobody waits where a command doesn't read it, or not to its end."""
    with _nameless() as file:
        file.write(content)
        file.flush()
        file.seek(0)
        yield file


@asynccontextmanager
async def reading() -> AsyncIterator[tuple[asyncio.StreamReader, IO[bytes]]]:
    """Our end of a pipe, and theirs, which whoever starts them closes."""
    ours, theirs = os.pipe()
    end = os.fdopen(theirs, "wb", buffering=0)
    reader = asyncio.StreamReader(limit=CHUNK)
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(ours, "rb", buffering=0)
    )
    try:
        yield reader, end
    finally:
        end.close()
        transport.close()


def _nameless() -> IO[bytes]:
    """In memory where that is possible: a command may open it again, whoever it is."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("asked"), "w+b")
    return tempfile.TemporaryFile()
