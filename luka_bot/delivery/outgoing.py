"""Files on their way to people: read while they are sent, and put together into albums."""

import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass

from aiogram import Bot
from aiogram.types import InputFile

from luka_bot.delivery.failures import NotAccepted
from luka_bot.models.errors import LukaError
from luka_bot.models.job_errors import FileTooBig

LARGEST = 50_000_000  # bytes; Telegram takes 50 MB at once, be it one file or an album
ALBUM_LIMIT = 10

_UNSENDABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")  # a name stands in a header

Read = Callable[[], AsyncIterator[bytes]]
"""From the beginning, each time it is called: once for each try of sending it."""


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    """size in bytes."""

    name: str
    size: int
    read: Read

    @classmethod
    def of(cls, name: str, content: bytes) -> "OutgoingFile":
        async def read() -> AsyncIterator[bytes]:
            yield content

        return cls(name, len(content), read)


class Unread(LukaError):
    """A file could not be read while it was sent; its cause says why."""


class ReadWhileSent(InputFile):
    """As aiogram wants a file."""

    def __init__(self, file: OutgoingFile) -> None:
        super().__init__(_UNSENDABLE.sub("_", file.name) or "file")
        self._file = file

    async def read(self, bot: Bot) -> AsyncGenerator[bytes, None]:
        _ = bot
        try:
            async for chunk in self._file.read():
                yield chunk
        except (LukaError, OSError) as error:
            raise Unread(self._file.name) from error


def albums_of(files: Sequence[OutgoingFile]) -> list[tuple[OutgoingFile, ...]]:
    """In their order, so that each can be sent at once. Raises FileTooBig; NotAccepted for an empty
    file, which Telegram refuses."""
    for file in files:
        if file.size > LARGEST:
            raise FileTooBig(file.name, LARGEST)
        if file.size == 0:
            raise NotAccepted("file must be non-empty")
    return list(_albums_of(files))


def _albums_of(files: Sequence[OutgoingFile]) -> Iterator[tuple[OutgoingFile, ...]]:
    album: list[OutgoingFile] = []
    for file in files:
        together = sum(one.size for one in album) + file.size
        if album and (len(album) == ALBUM_LIMIT or together > LARGEST):
            yield tuple(album)
            album = []
        album.append(file)
    if album:
        yield tuple(album)
