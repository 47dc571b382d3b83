"""The way to a file: one step at a time from the root, never through a link.

Each step opens what the step before has opened, so what somebody puts in the place of a folder in
the meantime changes nothing any more.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from io import BufferedReader
from pathlib import Path

from luka_bot.models.job_errors import FileGone, FileRefused, OutsideWorkspace
from luka_bot.workspaces.names import sayable


class Section(StrEnum):
    INPUTS = "inputs"
    OUTPUTS = "outputs"
    WORKFLOWS = "workflows"


Parts = tuple[str, ...]
"""Of a path below the root."""

OF_ALL = "users"  # holds everybody's folders, so it is nobody's

_CLOSED = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
FOLDER = os.O_RDONLY | _CLOSED | getattr(os, "O_DIRECTORY", 0)
# Without O_NONBLOCK the opening of a FIFO waits for somebody who writes to it.
_FILE = os.O_RDONLY | _CLOSED | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)


def folder_parts(folder: str) -> Parts:
    """Raises OutsideWorkspace for what is no folder of somebody's."""
    parts = tuple(folder.split("/"))
    if parts == (OF_ALL,) or not all(map(sayable, parts)):
        raise OutsideWorkspace(folder)
    return parts


def path_parts(folder: str, path: str) -> Parts:
    """Of something in a section of that folder. Raises OutsideWorkspace for all else."""
    own = folder_parts(folder)
    parts = tuple(path.split("/"))
    if parts[: len(own)] != own or not all(map(sayable, parts)):
        raise OutsideWorkspace(path)
    if len(parts) < len(own) + 2 or parts[len(own)] not in set(Section):
        raise OutsideWorkspace(path)
    return parts


@contextmanager
def opened_folder(root: Path, parts: Parts) -> Iterator[int]:
    """Raises FileGone, OutsideWorkspace."""
    try:
        here = os.open(root, FOLDER & ~getattr(os, "O_NOFOLLOW", 0))  # the operator's own choice
    except FileNotFoundError as error:
        raise FileGone("/".join(parts)) from error
    try:
        for part in parts:
            here = _exchanged(here, step(here, part))
        yield here
    finally:
        os.close(here)


def step(above: int, part: str) -> int:
    """A folder in a folder. Raises FileGone, OutsideWorkspace."""
    try:
        return os.open(part, FOLDER, dir_fd=above)
    except OSError as error:
        raise _refusal(above, part) from error


def opened_file(root: Path, parts: Parts) -> BufferedReader:
    """Raises FileGone, OutsideWorkspace. Whoever opens it closes it."""
    with opened_folder(root, parts[:-1]) as above:
        try:
            found = os.open(parts[-1], _FILE, dir_fd=above)
        except OSError as error:
            raise _refusal(above, parts[-1]) from error
    info = os.fstat(found)
    if stat.S_ISREG(info.st_mode) and info.st_nlink <= 1:  # 0: removed just now
        return os.fdopen(found, "rb")
    os.close(found)
    raise _kind_refused(info, parts[-1])


def removed(root: Path, parts: Parts) -> None:
    """Raises FileGone, OutsideWorkspace."""
    with opened_folder(root, parts[:-1]) as above:
        try:
            info = os.stat(parts[-1], dir_fd=above, follow_symlinks=False)
            if not stat.S_ISREG(info.st_mode):
                raise _kind_refused(info, parts[-1])
            os.unlink(parts[-1], dir_fd=above)
        except OSError as error:
            raise FileGone(parts[-1]) from error


def made(root: Path, folder: Parts) -> None:
    """The folder and its sections. A link in a section's place is taken away: a command has left
    it, and it would keep its person from their files for ever."""
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    for part in range(1, len(folder) + 1):
        _made_in(root, folder[: part - 1], folder[part - 1])
    with opened_folder(root, folder) as here:
        for section in Section:
            if is_link(here, section):
                os.unlink(section, dir_fd=here)
    for section in Section:
        _made_in(root, folder, section)


def is_link(above: int, part: str) -> bool:
    try:
        info = os.stat(part, dir_fd=above, follow_symlinks=False)
    except OSError:
        return False
    return stat.S_ISLNK(info.st_mode)


def _made_in(root: Path, above: Parts, part: str) -> None:
    with opened_folder(root, above) as here:
        try:
            os.mkdir(part, 0o700, dir_fd=here)
        except FileExistsError:
            os.close(step(here, part))


def _exchanged(old: int, new: int) -> int:
    os.close(old)
    return new


def _refusal(above: int, part: str) -> FileRefused:
    return OutsideWorkspace(part) if is_link(above, part) else FileGone(part)


def _kind_refused(info: os.stat_result, part: str) -> FileRefused:
    """A command may have linked what isn't its person's: such a file has two places. Anything else
    is no file to anybody."""
    is_outside = stat.S_ISREG(info.st_mode) or stat.S_ISLNK(info.st_mode)
    return OutsideWorkspace(part) if is_outside else FileGone(part)
