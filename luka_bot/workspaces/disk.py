"""What is done on the disk, in one thread at a time; see workspaces.py for what it promises."""

import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from luka_bot.models.job import JobFile
from luka_bot.models.job_errors import FileGone, TooManyFiles
from luka_bot.workspaces.names import numbered
from luka_bot.workspaces.places import opened_file, opened_folder, parts_of

HIDDEN = ".incoming-"
DEEPEST = 8  # folders in folders
CLASHES = 1000  # files of one name
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_PRIVATE_FILE = 0o600


@dataclass(frozen=True, slots=True)
class Found:
    """path: below the root, with slashes. modified: ns since the epoch. shown: people may have it;
    it counts all the same."""

    path: str
    size: int
    modified: int
    shown: bool


@dataclass(slots=True)
class Draft:
    """A file that is being written, under a hidden name."""

    folder: int
    hidden: str
    file: int
    size: int = 0


def begin(root: Path, section: tuple[str, ...]) -> Draft:
    """Whoever begins one ends it by `keep` or `drop`."""
    with opened_folder(root, section, make=True) as folder:
        hidden = HIDDEN + secrets.token_hex(8)
        file = os.open(hidden, _NEW, _PRIVATE_FILE, dir_fd=folder)
        return Draft(os.dup(folder), hidden, file)


def add(draft: Draft, chunk: bytes) -> None:
    view = memoryview(chunk)
    while view:
        view = view[os.write(draft.file, view) :]
    draft.size += len(chunk)


def keep(draft: Draft, name: str, *, replace: bool = False) -> str:
    """On the disk for good, under this name or, where that is taken, the next; which one it is."""
    try:
        os.fsync(draft.file)
        if replace:
            os.replace(draft.hidden, name, src_dir_fd=draft.folder, dst_dir_fd=draft.folder)
            return name
        return _keep_beside_others(draft, name)
    finally:
        drop(draft)


def drop(draft: Draft) -> None:
    """Nothing of it is left but what was kept. A second time it does nothing."""
    if draft.file < 0:
        return
    with suppress(FileNotFoundError):
        os.unlink(draft.hidden, dir_fd=draft.folder)
    os.close(draft.file)
    os.close(draft.folder)
    draft.file = -1


def find(root: Path, parts: tuple[str, ...]) -> JobFile:
    with opened_file(root, parts) as file:
        return JobFile(parts[-1], "/".join(parts), os.fstat(file).st_size)


def delete(root: Path, parts: tuple[str, ...]) -> None:
    """Raises as `find` does."""
    find(root, parts)
    with opened_folder(root, parts[:-1]) as folder:
        try:
            os.unlink(parts[-1], dir_fd=folder)
        except FileNotFoundError:
            raise FileGone(parts[-1]) from None


def clear(root: Path, folder: str) -> None:
    """No link is followed, whatever stands there."""
    *above, name = parts_of(folder)
    with suppress(FileGone), opened_folder(root, above) as parent:
        _open_up(name, parent)
        shutil.rmtree(name, ignore_errors=True, dir_fd=parent)


def walk(root: Path, top: tuple[str, ...], most: int) -> Iterator[Found]:
    """Plain files below top, most of them at the most; links and specials are left out."""
    with suppress(FileGone), opened_folder(root, top) as folder:
        yield from _walk(folder, "/".join(top), DEEPEST, [most])


def _walk(folder: int, path: str, deeper: int, left: list[int]) -> Iterator[Found]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if left[0] <= 0:
                return
            found = entry.stat(follow_symlinks=False)
            where = f"{path}/{entry.name}"
            if stat.S_ISDIR(found.st_mode) and deeper:
                with suppress(OSError), _opened_below(folder, entry.name) as inner:
                    yield from _walk(inner, where, deeper - 1, left)
            elif stat.S_ISREG(found.st_mode):
                left[0] -= 1
                shown = _is_shown(entry.name) and found.st_nlink == 1
                yield Found(where, found.st_size, found.st_mtime_ns, shown)


def _is_shown(name: str) -> bool:
    """A name that is no text can't be said to anybody, nor be asked for."""
    return not name.startswith(HIDDEN) and name.isprintable() and "\\" not in name


def _keep_beside_others(draft: Draft, name: str) -> str:
    for number in range(1, CLASHES):
        tried = numbered(name, number)
        with suppress(FileExistsError):
            os.link(draft.hidden, tried, src_dir_fd=draft.folder, dst_dir_fd=draft.folder)
            return tried
    raise TooManyFiles(name, CLASHES)


def _open_up(name: str, parent: int) -> None:
    """A command may have taken its owner's rights away, without which nothing can be removed."""
    with suppress(OSError):
        for _, folders, _, here in os.fwalk(name, dir_fd=parent, follow_symlinks=False):
            for folder in folders:
                _own(folder, here)


def _own(folder: str, here: int) -> None:
    with suppress(OSError):
        if stat.S_ISDIR(os.stat(folder, dir_fd=here, follow_symlinks=False).st_mode):
            os.chmod(folder, stat.S_IRWXU, dir_fd=here)


@contextmanager
def _opened_below(folder: int, name: str) -> Iterator[int]:
    inner = os.open(name, _FOLDER, dir_fd=folder)
    try:
        yield inner
    finally:
        os.close(inner)
