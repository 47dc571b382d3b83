"""Files that came with a message, and the way from Telegram into somebody's folder."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from aiogram.types import Message

from luka_bot.delivery.downloads import Downloads
from luka_bot.delivery.failures import DeliveryError
from luka_bot.models.job import FILES_LIMIT, JobFile
from luka_bot.models.job_errors import FileRefused, JobRefused, TooManyFiles
from luka_bot.workspaces.workspaces import Workspaces

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


async def _all(first: bytes, others: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for chunk in others:
        yield chunk


class Receiving:
    """limit: bytes of one file."""

    def __init__(self, downloads: Downloads, workspaces: Workspaces, limit: int) -> None:
        self._downloads = downloads
        self._workspaces = workspaces
        self._limit = limit

    async def receive(self, folder: str, files: Sequence[Attachment]) -> tuple[JobFile, ...]:
        """All of them or none. Raises what Workspaces and Downloads refuse."""
        if len(files) > FILES_LIMIT:
            raise TooManyFiles(files[FILES_LIMIT].name, FILES_LIMIT)
        received: list[JobFile] = []
        try:
            for file in files:
                received.append(await self._one(folder, file))  # noqa: PERF401 - what came is dropped
        except BaseException:
            await self.drop(folder, received)
            raise
        return tuple(received)

    async def drop(self, folder: str, files: Sequence[JobFile]) -> None:
        """Received for a job that there isn't."""
        for file in files:
            try:
                await self._workspaces.delete(folder, file.path)
            except JobRefused:
                continue

    async def _one(self, folder: str, file: Attachment) -> JobFile:
        content = self._downloads.stream(file.file_id, file.size, self._limit, file.name)
        try:
            first = await anext(content, b"")
            is_png = file.is_photo and first.startswith(PNG)
            name = "photo.png" if is_png else file.name
            return await self._workspaces.receive(folder, name, _all(first, content), self._limit)
        except DeliveryError as error:
            raise FileRefused(file.name) from error
