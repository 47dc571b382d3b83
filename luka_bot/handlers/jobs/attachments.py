"""Files that came with a message, and the way from Telegram into somebody's folder."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from aiogram.types import Message

from luka_bot.delivery.downloads import Downloads
from luka_bot.delivery.failures import DeliveryError
from luka_bot.models.job import FILES_LIMIT
from luka_bot.models.job_errors import FileRefused, TooManyFiles
from luka_bot.services.jobs.handing_in import Incoming

PNG = b"\x89PNG"  # Telegram makes JPEG of photos, its local stand-in doesn't

_NAMES = {
    "document": "file",
    "audio": "audio.mp3",
    "video": "video.mp4",
    "voice": "voice.ogg",
}
"""What is called so where Telegram tells no name."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """size in bytes; None where Telegram doesn't tell it. is_photo: its name is ours."""

    file_id: str
    name: str
    size: int | None
    is_photo: bool = False


def attached(messages: Sequence[Message]) -> tuple[Attachment, ...]:
    """One of each message that carries any; of a photo the largest size."""
    return tuple(one for message in messages if (one := _of(message)) is not None)


def _of(message: Message) -> Attachment | None:
    if message.photo:
        largest = max(message.photo, key=lambda one: one.width * one.height)
        return Attachment(largest.file_id, "photo.jpg", largest.file_size, is_photo=True)
    for kind, usual in _NAMES.items():
        found = getattr(message, kind)
        if found is not None:
            name = getattr(found, "file_name", None) or usual
            return Attachment(found.file_id, name, found.file_size)
    return None


class Receiving:
    """limit: bytes of one file."""

    def __init__(self, downloads: Downloads, limit: int) -> None:
        self._downloads = downloads
        self._limit = limit

    async def incoming(self, files: Sequence[Attachment]) -> AsyncIterator[Incoming]:
        """Each is fetched while it is read. Raises what Downloads refuse."""
        if len(files) > FILES_LIMIT:
            raise TooManyFiles(files[FILES_LIMIT].name, FILES_LIMIT)
        for file in files:
            yield await self._one(file)

    async def _one(self, file: Attachment) -> Incoming:
        content = self._content(file)
        first = await anext(content, b"")
        is_png = file.is_photo and first.startswith(PNG)
        name = "photo.png" if is_png else file.name
        return Incoming(name, _all(first, content), self._limit)

    async def _content(self, file: Attachment) -> AsyncIterator[bytes]:
        stream = self._downloads.stream(file.file_id, file.size, self._limit, file.name)
        try:
            async for chunk in stream:
                yield chunk
        except DeliveryError as error:
            raise FileRefused(file.name) from error


async def _all(first: bytes, others: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for chunk in others:
        yield chunk
