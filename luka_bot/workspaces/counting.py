"""How much somebody keeps, and whether there is room for more."""

import os
from dataclasses import dataclass
from pathlib import Path

from luka_bot.models.job_errors import FileGone, QuotaFull, TooManyFiles
from luka_bot.workspaces.places import Parts, opened_folder
from luka_bot.workspaces.walking import Walk

_DEPTH = 64  # each level keeps a folder open
_ENTRIES = 100_000


@dataclass(frozen=True, slots=True)
class WorkspaceLimits:
    """quota: bytes of a folder. files: of a folder. endings: small, without a dot."""

    quota: int
    files: int
    endings: frozenset[str]


@dataclass(frozen=True, slots=True)
class Usage:
    """is_all: whether everything was counted; there may be too much of it."""

    size: int = 0
    files: int = 0
    is_all: bool = True


def usage(root: Path, folder: Parts) -> Usage:
    """Of files that are under way, too."""
    walk = Walk(_DEPTH, _ENTRIES)
    size = files = 0
    try:
        with opened_folder(root, folder) as here:
            for _, info in walk.over(here):
                size += info.st_size
                files += 1
    except FileGone:
        return Usage()
    return Usage(size, files, is_all=not walk.was_cut)


def check(counted: Usage, limits: WorkspaceLimits, name: str) -> None:
    """Raises TooManyFiles, QuotaFull."""
    if counted.files > limits.files or not counted.is_all:
        raise TooManyFiles(name, limits.files)
    if counted.size > limits.quota:
        raise QuotaFull(name, limits.quota)


def size_of(root: Path, folder: Parts, name: str) -> int | None:
    """None: nothing is there."""
    with opened_folder(root, folder) as here:
        try:
            return os.stat(name, dir_fd=here, follow_symlinks=False).st_size
        except FileNotFoundError:
            return None
