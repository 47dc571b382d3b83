"""Forms with files, read as they come: never is more than a piece of a file in memory."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from aiohttp import BodyPartReader, web

from luka_bot.models.job import FILES_LIMIT, JobFile
from luka_bot.models.job_errors import FileRefused, FileTooBig, TooManyFiles
from luka_bot.services.sessions import Visit
from luka_bot.web.admin.guard import has_csrf
from luka_bot.web.admin.press import Sorry
from luka_bot.workspaces.workspaces import Workspaces

PIECE = 1 << 16  # bytes
PIECE_SECONDS = 60.0  # that the next piece of a form may take
FIELDS = 20  # of a form
REST = 1 << 20  # bytes that a form may have beside its files

_T = TypeVar("_T")
Folder = Callable[[Mapping[str, str]], Awaitable[str]]
"""The folder for the files of a form with these fields. May raise what makes them futile."""


@dataclass(slots=True)
class Handed:
    """A form. folder: "" as long as it has brought no file."""

    fields: dict[str, str] = field(default_factory=dict)
    files: list[JobFile] = field(default_factory=list)
    folder: str = ""


class Uploads:
    """limit: bytes of a file."""

    def __init__(self, workspaces: Workspaces, limit: int) -> None:
        self._workspaces = workspaces
        self.limit = limit

    async def read(self, request: web.Request, visit: Visit, folder: Folder, into: Handed) -> None:
        """Fields stand before files. Raises Sorry, FileRefused and what folder raises; what has
        come until then stands in `into`, and `forget` removes its files."""
        if request.content_type != "multipart/form-data":
            form = await _timed(request.post())
            into.fields.update({name: str(value) for name, value in form.items()})
            _check(into, visit)
            return
        if (request.content_length or 0) > FILES_LIMIT * self.limit + REST:
            raise FileTooBig("", self.limit)
        try:
            await self._parts(request, visit, folder, into)
        except (ValueError, AssertionError, web.HTTPRequestEntityTooLarge) as error:
            raise Sorry("form", 400) from error
        _check(into, visit)

    async def forget(self, handed: Handed) -> None:
        """Of a form from which nothing was made."""
        for file in handed.files:
            try:
                await self._workspaces.delete(handed.folder, file.path)
            except FileRefused:
                continue
        handed.files.clear()

    async def _parts(
        self, request: web.Request, visit: Visit, folder: Folder, into: Handed
    ) -> None:
        form = await request.multipart()
        while (part := await _timed(form.next())) is not None:
            if not isinstance(part, BodyPartReader) or not part.name:
                raise Sorry("form", 400)
            if part.filename is None:
                await _field(part, into)
                continue
            if not part.filename:
                continue  # no file was chosen
            if not into.folder:
                _check(into, visit)
                into.folder = await folder(into.fields)
            into.files.append(await self._file(part, part.filename, into))

    async def _file(self, part: BodyPartReader, name: str, into: Handed) -> JobFile:
        if len(into.files) >= FILES_LIMIT:
            raise TooManyFiles(name, FILES_LIMIT)
        return await self._workspaces.receive(into.folder, name, _pieces(part), self.limit)


async def _field(part: BodyPartReader, into: Handed) -> None:
    if len(into.fields) >= FIELDS:
        raise Sorry("form", 400)
    text = (await _timed(part.read())).decode("utf-8")
    into.fields[str(part.name)] = text


async def _pieces(part: BodyPartReader) -> AsyncIterator[bytes]:
    while piece := await _timed(part.read_chunk(PIECE)):
        yield piece


async def _timed(reading: Awaitable[_T]) -> _T:
    try:
        async with asyncio.timeout(PIECE_SECONDS):
            return await reading
    except TimeoutError as error:
        raise Sorry("form", 408) from error


def _check(handed: Handed, visit: Visit) -> None:
    if not has_csrf(handed.fields, visit):
        raise Sorry("foreign", 403)
