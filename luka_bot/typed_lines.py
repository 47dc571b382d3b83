"""What is typed, line by line; no thread that would hold luka until somebody presses Enter."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

CHUNK = 65536  # bytes a read


class TypedLines:
    """Lines of a file descriptor, which stays open."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._lines: asyncio.Queue[str | None] = asyncio.Queue()
        self._half = b""
        self._ended = False

    @classmethod
    @contextmanager
    def of(cls, descriptor: int) -> Iterator[Self]:
        """Enter it within the loop that reads."""
        typed, loop = cls(descriptor), asyncio.get_running_loop()
        try:
            loop.add_reader(descriptor, typed._read)
        except PermissionError:  # a file; there is nothing to wait for
            while not typed._ended:
                typed._read()
        try:
            yield typed
        finally:
            loop.remove_reader(descriptor)

    async def next(self) -> str | None:
        """Without its end; None, again and again, when there will be no more."""
        if self._ended and self._lines.empty():
            return None
        return await self._lines.get()

    def end(self) -> None:
        """Whoever waits for a line waits no longer."""
        while not self._lines.empty():
            self._lines.get_nowait()
        self._finish()

    def _read(self) -> None:
        chunk = os.read(self._descriptor, CHUNK)
        *whole, self._half = (self._half + chunk).split(b"\n")
        for line in whole:
            self._lines.put_nowait(line.decode(errors="replace"))
        if not chunk:
            asyncio.get_running_loop().remove_reader(self._descriptor)
            if self._half:
                self._lines.put_nowait(self._half.decode(errors="replace"))
            self._finish()

    def _finish(self) -> None:
        self._ended = True
        self._lines.put_nowait(None)
