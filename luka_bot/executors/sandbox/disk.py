"""What lies in a folder that a command wrote to. Nothing here follows a link."""

import os
import stat
from collections.abc import Iterable
from contextlib import suppress


def measure(places: Iterable[str]) -> tuple[int, int]:
    """Bytes and files, folders too, of all places."""
    size = files = 0
    for place in places:
        for _, folders, names, at in os.fwalk(place, follow_symlinks=False):
            files += len(folders) + len(names)
            for name in names:
                with suppress(OSError):
                    size += os.stat(name, dir_fd=at, follow_symlinks=False).st_blocks * 512
    return size, files


def names_in(place: str) -> frozenset[str]:
    """Every file and folder below it."""
    return frozenset(
        os.path.join(folder, name)  # noqa: PTH118 - of ten thousand
        for folder, folders, names, _ in os.fwalk(place, follow_symlinks=False)
        for name in (*folders, *names)
    )


def remove_new(place: str, before: frozenset[str]) -> None:
    """Everything that wasn't there before."""
    for folder, folders, names, at in os.fwalk(place, topdown=False, follow_symlinks=False):
        for name in (*names, *folders):
            if os.path.join(folder, name) not in before:  # noqa: PTH118 - the same
                with suppress(OSError):
                    _remove(name, at)


def give(place: str, uid: int, takes: frozenset[int]) -> None:
    """Plain files and folders to uid, if they belong to one of takes; nothing that has a second
    name, which may lie elsewhere."""
    for _, folders, names, at in os.fwalk(place, follow_symlinks=False):
        _give_one(".", at, uid, takes)
        for name in (*folders, *names):
            with suppress(OSError):
                _give_one(name, at, uid, takes)


def _give_one(name: str, at: int, uid: int, takes: frozenset[int]) -> None:
    found = os.stat(name, dir_fd=at, follow_symlinks=False)
    is_plain = stat.S_ISREG(found.st_mode) and found.st_nlink == 1
    if (is_plain or stat.S_ISDIR(found.st_mode)) and found.st_uid in takes:
        os.chown(name, uid, uid, dir_fd=at, follow_symlinks=False)


def _remove(name: str, at: int) -> None:
    if stat.S_ISDIR(os.stat(name, dir_fd=at, follow_symlinks=False).st_mode):
        os.rmdir(name, dir_fd=at)
    else:
        os.unlink(name, dir_fd=at)
