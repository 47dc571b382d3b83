"""Somebody's files, drawn for them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from luka_bot.handlers.admin.sizes import size
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.jobs import taps
from luka_bot.handlers.jobs.card import button
from luka_bot.handlers.jobs.sending import JobSending
from luka_bot.locales import Words
from luka_bot.models.job_errors import FileGone
from luka_bot.models.person import Person
from luka_bot.services.access import AccessService
from luka_bot.workspaces.workspaces import Section, Shelved, Workspaces

PAGE = 8
NAME_SHOWN = 40  # characters inside a button

Shown = tuple[str, InlineKeyboardMarkup]


class Shelf:
    """quota: MB that a folder may have. Methods that take a key raise FileGone."""

    def __init__(
        self,
        workspaces: Workspaces,
        sending: JobSending,
        access: AccessService,
        folder_of: Callable[[Person], str],
        quota: int,
    ) -> None:
        self._workspaces = workspaces
        self._sending = sending
        self._access = access
        self._folder_of = folder_of
        self._quota = quota

    async def listed(
        self, words: Words, person: Person, section: Section = Section.INPUTS, offset: int = 0
    ) -> Shown:
        folder = self._folder_of(person)
        found, used = await self._workspaces.listed(folder), await self._workspaces.used(folder)
        html = words.html("files.header", used=size(words, used), quota=self._quota)
        shown = [one for one in found if one.section is section]
        html += "\n\n" + words.html(f"files.{'some' if shown else 'none'}.{section.value}")
        return html, _list(words, found, shown, section, max(offset, 0))

    async def one(self, words: Words, person: Person, key: str) -> Shown:
        found = await self.find(person, key)
        zone = ZoneInfo(self._access.zone_of(person))
        html = words.html(
            "files.one",
            name=found.file.name,
            size=size(words, found.file.size),
            when=f"{datetime.fromtimestamp(found.modified, zone):%Y-%m-%d %H:%M}",
        )
        rows = [
            [button(words("files.button.fetch"), taps.FileFetch(key=key))],
            [button(words("files.button.delete"), taps.FileDelete(key=key))],
            [button(words("files.button.list"), taps.FilesAt(section=found.section, offset=0))],
        ]
        return html, InlineKeyboardMarkup(inline_keyboard=rows)

    async def sure(self, words: Words, person: Person, key: str) -> Shown:
        found = await self.find(person, key)
        yes = button(words("files.button.delete_yes"), taps.FileDeleteYes(key=key))
        keep = button(words("jobs.button.keep"), taps.FileShow(key=key))
        html = words.html("files.ask_delete", name=found.file.name)
        return html, InlineKeyboardMarkup(inline_keyboard=[[yes], [keep]])

    async def find(self, person: Person, key: str) -> Shelved:
        for one in await self._workspaces.listed(self._folder_of(person)):
            if taps.key_of(one.file.path) == key:
                return one
        raise FileGone(key)

    async def send(self, asker: Asker, person: Person, found: Shelved) -> None:
        folder = self._folder_of(person)
        await self._sending.files(asker.replying, asker.words, folder, [found.file])

    async def delete(self, person: Person, key: str) -> tuple[Section, str]:
        """Where it lay, and its name."""
        found = await self.find(person, key)
        await self._workspaces.delete(self._folder_of(person), found.file.path)
        return found.section, found.file.name


def _list(
    words: Words,
    found: Sequence[Shelved],
    shown: Sequence[Shelved],
    section: Section,
    offset: int,
) -> InlineKeyboardMarkup:
    rows = [[_file(words, one)] for one in shown[offset : offset + PAGE]]
    turning = []
    if offset > 0:
        newer = taps.FilesAt(section=section, offset=max(offset - PAGE, 0))
        turning.append(button(words("button.newer"), newer))
    if offset + PAGE < len(shown):
        older = taps.FilesAt(section=section, offset=offset + PAGE)
        turning.append(button(words("button.older"), older))
    counts = {each: sum(one.section is each for one in found) for each in Section}
    others = [
        button(f"{words(f'files.section.{each.value}')} ({counts[each]})", _first(each))
        for each in Section
        if each is not section
    ]
    return InlineKeyboardMarkup(inline_keyboard=[*rows, *([turning] if turning else []), others])


def _file(words: Words, one: Shelved) -> InlineKeyboardButton:
    name, big = one.file.name, size(words, one.file.size)
    name = name if len(name) <= NAME_SHOWN else name[: NAME_SHOWN - 1] + "…"
    return button(f"📄 {name} · {big}", taps.FileShow(key=taps.key_of(one.file.path)))


def _first(section: Section) -> taps.FilesAt:
    return taps.FilesAt(section=section, offset=0)
