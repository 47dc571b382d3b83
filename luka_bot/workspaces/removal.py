"""A folder is emptied for ever, however deep, and whatever modes its own people gave it."""

import os
import stat
from itertools import islice
from secrets import token_hex

from luka_bot.models.job_errors import FileGone, OutsideWorkspace
from luka_bot.workspaces.places import FOLDER, is_link, step

_AT_ONCE = 1000  # entries that are looked at together
_ROUNDS = 10_000  # of so many


def cleared(above: int, name: str) -> None:
    """Raises OutsideWorkspace where a link lies in its place, FileGone, and OSError for what can't
    be removed, or where somebody goes on writing.

    Inner folders are moved up to the top and emptied there: no depth is too deep, and never are
    more than three folders open.
    """
    if is_link(above, name):
        raise OutsideWorkspace(name)
    try:
        _open_to_us(above, name)
    except FileNotFoundError as error:
        raise FileGone(name) from error
    top = step(above, name)
    try:
        for _ in range(_ROUNDS):
            gone = [_is_gone(top, entry) for entry in _some(top)]
            if not any(gone):
                break
    finally:
        os.close(top)
    os.rmdir(name, dir_fd=above)


def _is_gone(top: int, name: str) -> bool:
    try:
        if _is_folder(top, name):
            _flatten(top, name)
            os.rmdir(name, dir_fd=top)
        else:
            os.unlink(name, dir_fd=top)
    except OSError:  # somebody was quicker, or has put more there: the next round sees
        return False
    return True


def _flatten(top: int, name: str) -> None:
    _open_to_us(top, name)
    here = os.open(name, FOLDER, dir_fd=top)
    try:
        while entries := _some(here):
            for entry in entries:
                _take_out(here, entry, top)
    finally:
        os.close(here)


def _take_out(here: int, name: str, top: int) -> None:
    if not _is_folder(here, name):
        os.unlink(name, dir_fd=here)
        return
    _open_to_us(here, name)
    os.rename(name, token_hex(12), src_dir_fd=here, dst_dir_fd=top)


def _some(folder: int) -> list[str]:
    with os.scandir(folder) as entries:
        return [entry.name for entry in islice(entries, _AT_ONCE)]


def _is_folder(above: int, name: str) -> bool:
    return stat.S_ISDIR(os.stat(name, dir_fd=above, follow_symlinks=False).st_mode)


def _open_to_us(above: int, name: str) -> None:
    """Its mode may keep even its owner from reading it, emptying it or moving it."""
    if os.chmod in os.supports_follow_symlinks:
        os.chmod(name, 0o700, dir_fd=above, follow_symlinks=False)
        return
    # Linux can't change a mode by name without following a link, but by what was opened.
    itself = os.open(name, FOLDER | getattr(os, "O_PATH", 0), dir_fd=above)
    try:
        os.chmod(f"/proc/self/fd/{itself}", 0o700)  # noqa: PTH101  # a link to what is open
    finally:
        os.close(itself)
