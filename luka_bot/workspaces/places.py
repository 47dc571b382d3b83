"""The way to a file below a folder, walked so that nothing on it can lead elsewhere.

Each part is opened by itself, seen from the folder before it, and no link is followed: what
somebody changes on the way meanwhile makes the walk fail, and never leads out.
"""

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from luka_bot.models.job_errors import FileGone, OutsideWorkspace

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
PRIVATE = 0o700


def parts_of(path: str) -> tuple[str, ...]:
    """Raises OutsideWorkspace for what is no plain way down."""
    parts = path.split("/")
    bad = not path or "\0" in path or "\\" in path or path.startswith("/")
    if bad or any(part in {"", ".", ".."} for part in parts):
        raise OutsideWorkspace(PurePosixPath(path.replace("\0", "")).name)
    return tuple(parts)


def below(folder: str, path: str) -> tuple[str, ...]:
    """The parts of path, which leads into folder. Raises OutsideWorkspace."""
    inside, parts = parts_of(folder), parts_of(path)
    if parts[: len(inside)] != inside or len(parts) == len(inside):
        raise OutsideWorkspace(parts[-1])
    return parts


@contextmanager
def opened_folder(root: Path, parts: Sequence[str], *, make: bool = False) -> Iterator[int]:
    """A descriptor of it. Raises FileGone, OutsideWorkspace where a link stands on the way."""
    if make:
        root.mkdir(parents=True, exist_ok=True, mode=PRIVATE)
    try:
        here = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except FileNotFoundError:
        raise FileGone(parts[-1] if parts else "") from None
    try:
        for part in parts:
            deeper = _step(here, part, make=make)
            os.close(here)
            here = deeper
        yield here
    finally:
        os.close(here)


@contextmanager
def opened_file(root: Path, parts: Sequence[str]) -> Iterator[int]:
    """A descriptor for reading. Raises FileGone, and OutsideWorkspace for links and for whatever
    has other names, which may stand outside."""
    *folders, name = parts
    with opened_folder(root, folders) as folder:
        try:
            found = os.open(name, _FILE, dir_fd=folder)
        except FileNotFoundError:
            raise FileGone(name) from None
        except OSError:
            raise OutsideWorkspace(name) from None
        try:
            check_plain(name, os.fstat(found))
            yield found
        finally:
            os.close(found)


def check_plain(name: str, found: os.stat_result) -> None:
    """Raises OutsideWorkspace, FileGone."""
    if not stat.S_ISREG(found.st_mode):
        raise FileGone(name)
    if found.st_nlink > 1:
        raise OutsideWorkspace(name)


def _step(here: int, part: str, *, make: bool) -> int:
    if make:
        with suppress(FileExistsError):
            os.mkdir(part, PRIVATE, dir_fd=here)
    try:
        return os.open(part, _FOLDER, dir_fd=here)
    except FileNotFoundError:
        raise FileGone(part) from None
    except OSError:
        raise OutsideWorkspace(part) from None
