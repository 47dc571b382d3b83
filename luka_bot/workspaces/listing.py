"""What lies in somebody's sections, and what a command has changed there."""

import heapq
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from luka_bot.models.job import JobFile
from luka_bot.models.job_errors import FileRefused
from luka_bot.workspaces.names import cleaned, unstamped
from luka_bot.workspaces.places import Parts, Section, opened_folder
from luka_bot.workspaces.walking import DEPTH, Lying, Walk

CHANGED = 100  # files of one run that are told of
_ENTRIES = 20_000  # of a section that are looked at

Snapshot = dict[str, tuple[int, int]]
"""Of each path in outputs/ the size and the moment of its last change, in nanoseconds."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A file as it lies there. modified: seconds since the epoch."""

    file: JobFile
    section: Section
    modified: float


def shelved(root: Path, owner: Parts, most: int) -> list[Shelved]:
    """So many of the newest, those first."""
    everything = (
        Shelved(_file(owner, section, lying), section, lying.modified / 1e9)
        for section in Section
        for lying in _lying(root, owner, section)
    )
    return heapq.nlargest(most, everything, key=lambda one: one.modified)


def snapshot(root: Path, owner: Parts) -> Snapshot:
    return {
        _path(owner, Section.OUTPUTS, lying): (lying.size, lying.modified)
        for lying in _lying(root, owner, Section.OUTPUTS)
    }


def changed(root: Path, owner: Parts, before: Mapping[str, tuple[int, int]]) -> tuple[JobFile, ...]:
    """The newest, those first."""
    news = (
        lying
        for lying in _lying(root, owner, Section.OUTPUTS)
        if before.get(_path(owner, Section.OUTPUTS, lying)) != (lying.size, lying.modified)
    )
    newest = heapq.nlargest(CHANGED, news, key=lambda lying: lying.modified)
    return tuple(_file(owner, Section.OUTPUTS, lying) for lying in newest)


def shown_name(section: str, name: str) -> str:
    """As its person called it; what a command made up is no name for a header or a message."""
    return unstamped(name) if section == Section.INPUTS else cleaned(name)


def _lying(root: Path, owner: Parts, section: Section) -> Iterator[Lying]:
    # Nothing is there yet, or a command has put something else in the section's place.
    with suppress(FileRefused), opened_folder(root, (*owner, section)) as here:
        yield from Walk(DEPTH, _ENTRIES).plain_files(here)


def _path(owner: Parts, section: Section, lying: Lying) -> str:
    return "/".join((*owner, section, lying.path))


def _file(owner: Parts, section: Section, lying: Lying) -> JobFile:
    name = shown_name(section, lying.path.rpartition("/")[2])
    return JobFile(name, _path(owner, section, lying), lying.size)
