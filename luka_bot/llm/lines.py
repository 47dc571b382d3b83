"""A byte stream cut at line feeds, and nowhere else.

JSON may carry U+0085 and U+2028 as they are; whatever splits text into lines would tear it there.
"""

from collections.abc import AsyncGenerator, AsyncIterator

LINE_LIMIT = 8 * 2**20  # bytes; a server that never ends its line must not fill our memory


class LineTooLong(ValueError):
    """More than LINE_LIMIT bytes without a line feed."""


async def lines(chunks: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
    """Lines without their line feed, empty ones left out; what follows the last feed comes last."""
    rest = bytearray()
    async for chunk in chunks:
        *whole, last = chunk.split(b"\n")
        for part in whole:
            rest += part
            if line := bytes(rest).strip():
                yield line
            rest.clear()
        rest += last
        if len(rest) > LINE_LIMIT:
            raise LineTooLong(len(rest))
    if line := bytes(rest).strip():
        yield line
