"""All that is kept of a person as zip files: their threads to read, and one file for programs."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterable, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from luka_bot.handlers.export import as_markdown, file_name
from luka_bot.locales import Words
from luka_bot.models.person import Person, Usage
from luka_bot.services.privacy import KeptThread

LARGEST = 45 << 20  # bytes before they are packed; Telegram takes 50 MB, and packing adds little
FOR_PROGRAMS = "luka.json"


@dataclass(frozen=True, slots=True)
class Owner:
    """papers: what the first archive has besides threads, by name."""

    person: Person
    usage: Usage
    words: Words
    papers: tuple[tuple[str, bytes], ...] = ()


async def archives(
    owner: Owner, kept: AsyncIterable[KeptThread], largest: int = LARGEST
) -> AsyncGenerator[bytes, None]:
    """At least one, each whole in itself. Of what is kept, no more than one is in memory."""
    part, number = _Part(owner, owner.papers), 0
    async for one in kept:
        number += 1
        page = await asyncio.to_thread(_page, owner.words, number, one)
        if part.pages and part.size + page.size > largest:
            yield await asyncio.to_thread(part.packed)
            part = _Part(owner)
        part.add(page)
    yield await asyncio.to_thread(part.packed)


@dataclass(frozen=True, slots=True)
class _Page:
    name: str
    markdown: bytes
    for_programs: bytes

    @property
    def size(self) -> int:
        return len(self.markdown) + len(self.for_programs)


class _Part:
    def __init__(self, owner: Owner, papers: Sequence[tuple[str, bytes]] = ()) -> None:
        self._owner = owner
        self._papers = papers
        self.pages: list[_Page] = []
        self.size = sum(len(content) for _, content in papers)

    def add(self, page: _Page) -> None:
        self.pages.append(page)
        self.size += page.size

    def packed(self) -> bytes:
        file = BytesIO()
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            for page in self.pages:
                archive.writestr(page.name, page.markdown)
            for name, content in self._papers:
                archive.writestr(name, content)
            archive.writestr(FOR_PROGRAMS, self._for_programs())
        return file.getvalue()

    def _for_programs(self) -> bytes:
        """The threads are JSON already: put together as they are, so that none is read again."""
        head = _json(_profile(self._owner.person, self._owner.usage))
        threads = b",\n".join(page.for_programs for page in self.pages)
        return head[:-1] + b',"threads":[\n' + threads + b"\n]}"


def _page(words: Words, number: int, kept: KeptThread) -> _Page:
    """The name is a number, letters, digits and dashes: nothing leads out of a folder."""
    said: dict[str, Any] = {"messages": [one.to_dict() for one in kept.said]}
    return _Page(
        f"{number:02}-{file_name(kept.thread)}",
        as_markdown(words, kept.thread, kept.said).encode("utf-8", "replace"),
        _json(kept.thread.to_dict() | said),
    )


def _profile(person: Person, usage: Usage) -> dict[str, Any]:
    fields = asdict(person)
    settings, limits = fields.pop("preferences"), fields.pop("limits")
    return {"profile": fields, "settings": settings, "limits": limits, "usage": asdict(usage)}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
