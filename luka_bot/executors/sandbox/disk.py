"""What lies in a folder that a command wrote to. Nothing here follows a link."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

DEEPEST = 64  # folders in folders; nobody needs more, and each costs an open file
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_ANY = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class Unmeasurable(OSError):
    """More may lie there than there may be."""

    def __init__(self) -> None:
        super().__init__("folders in folders, deeper than anybody goes, or a folder that is shut")


@dataclass(frozen=True, slots=True)
class _Entry:
    """at: the open folder that it lies in. path: below the place."""

    at: int
    path: str
    name: str
    found: os.stat_result

    @property
    def is_folder(self) -> bool:
        return stat.S_ISDIR(self.found.st_mode)


def exceeds(places: Iterable[str], size: int, files: int) -> bool:
    """Whether there are more bytes, or more files and folders. Looks no further than that."""
    for place in places:
        try:
            for entry in _walk(place):
                files -= 1
                size -= entry.found.st_blocks * 512 * stat.S_ISREG(entry.found.st_mode)
                if files < 0 or size < 0:
                    return True
        except Unmeasurable:
            return True
        except FileNotFoundError:
            continue
    return False


def names_in(place: str) -> frozenset[str]:
    """Every file and folder below it."""
    return frozenset(entry.path for entry in _walk(place))


def remove_new(place: str, before: frozenset[str]) -> None:
    """Everything that wasn't there before, when no command works there any more."""
    with suppress(Unmeasurable):
        for entry in _walk(place, lambda path: path in before):
            if entry.path not in before:
                remove(entry.name, entry.at)


def remove(name: str, at: int | None = None) -> None:
    """However deep it is; nobody else may work there. at: an open folder."""
    with suppress(OSError):
        if not stat.S_ISDIR(os.stat(name, dir_fd=at, follow_symlinks=False).st_mode):
            os.unlink(name, dir_fd=at)
            return
        _empty(name, at)
        os.rmdir(name, dir_fd=at)


def give(place: str, uid: int, takes: frozenset[int]) -> None:
    """Plain files and folders to uid, if they belong to one of takes; nothing that has a second
    name, which may lie elsewhere."""
    with suppress(Unmeasurable):
        for entry in _walk(place):
            _give(entry.name, entry.at, uid, takes)
    _give(place, None, uid, takes)


def _walk(place: str, enters: Callable[[str], bool] = lambda _: True) -> Iterator[_Entry]:
    """enters: which folders' contents are wanted, by their paths. Raises Unmeasurable."""
    with _opened(place, None) as here:
        yield from _below(here, "", DEEPEST, enters)


def _below(at: int, path: str, deeper: int, enters: Callable[[str], bool]) -> Iterator[_Entry]:
    for name in os.listdir(at):
        try:
            found = os.stat(name, dir_fd=at, follow_symlinks=False)
        except FileNotFoundError:
            continue  # it went meanwhile
        entry = _Entry(at, f"{path}/{name}", name, found)
        yield entry
        if entry.is_folder and enters(entry.path):
            if not deeper:
                raise Unmeasurable
            with suppress(FileNotFoundError, NotADirectoryError), _opened(name, at) as inner:
                yield from _below(inner, entry.path, deeper - 1, enters)


@contextmanager
def _opened(name: str, at: int | None) -> Iterator[int]:
    try:
        folder = os.open(name, _FOLDER, dir_fd=at)
    except PermissionError:
        raise Unmeasurable from None
    try:
        yield folder
    finally:
        os.close(folder)


def _give(name: str, at: int | None, uid: int, takes: frozenset[int]) -> None:
    """What was looked at is what is given, whoever exchanges it meanwhile."""
    with suppress(OSError):
        if not _is_plain(os.stat(name, dir_fd=at, follow_symlinks=False)):
            return
        file = os.open(name, _ANY, dir_fd=at)
        try:
            found = os.fstat(file)
            if _is_plain(found) and found.st_uid in takes:
                os.fchown(file, uid, uid)
        finally:
            os.close(file)


def _is_plain(found: os.stat_result) -> bool:
    is_file = stat.S_ISREG(found.st_mode) and found.st_nlink == 1
    return is_file or stat.S_ISDIR(found.st_mode)


def _empty(name: str, at: int | None) -> None:
    """Down and up again with one folder open at a time."""
    here, names = _entered(name, at), list[str]()
    try:
        while True:
            folder = _without_files(here)
            if folder is not None:
                deeper = _entered(folder, here)
                names.append(folder)
            elif names:
                deeper = os.open("..", _FOLDER, dir_fd=here)
                os.rmdir(names.pop(), dir_fd=deeper)
            else:
                return
            os.close(here)
            here = deeper
    finally:
        os.close(here)


def _without_files(folder: int) -> str | None:
    """One of the folders that are left in it."""
    for name in os.listdir(folder):
        if stat.S_ISDIR(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode):
            return name
        os.unlink(name, dir_fd=folder)
    return None


def _entered(name: str, at: int | None) -> int:
    """Also where its owner was shut out."""
    os.chmod(name, stat.S_IRWXU, dir_fd=at)
    return os.open(name, _FOLDER, dir_fd=at)
