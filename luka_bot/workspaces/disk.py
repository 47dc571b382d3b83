"""A file on its way to the disk: whole under its name, or not there at all."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedRandom
from itertools import count
from pathlib import Path
from secrets import token_hex
from threading import Lock

from luka_bot.models.job_errors import FileGone, OutsideWorkspace, QuotaFull
from luka_bot.workspaces.names import numbered
from luka_bot.workspaces.places import FOLDER, Parts, opened_folder
from luka_bot.workspaces.walking import UNDER_WAY

_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | (FOLDER & ~getattr(os, "O_DIRECTORY", 0))
_ABANDONED = 86_400.0  # s without a byte more
_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})


@contextmanager
def told_of(name: str, quota: int) -> Iterator[None]:
    """What the disk refuses, as ours: a full one is to its person as their own being full."""
    try:
        yield
    except FileNotFoundError as error:  # the folder was cleared in the meantime
        raise FileGone(name) from error
    except IsADirectoryError as error:
        raise OutsideWorkspace(name) from error
    except OSError as error:
        if error.errno in _FULL:
            raise QuotaFull(name, quota) from error
        raise


class Incoming:
    """Written under a name of its own, in the folder that was there when it began.

    Its methods run in threads. One of them may still run when the task that waits for it is
    cancelled and gives the file up, hence the lock.
    """

    def __init__(self, root: Path, folder: Parts) -> None:
        self._root = root
        self._folder = folder
        self._lock = Lock()
        self._has_ended = False
        self._names: list[str] = []
        self._above = -1
        self._file: BufferedRandom | None = None

    def begin(self) -> None:
        """Raises FileGone, OutsideWorkspace."""
        with self._lock, opened_folder(self._root, self._folder) as above:
            if self._has_ended:
                raise FileGone(self._folder[-1])
            self._above = os.dup(above)
            name = f"{UNDER_WAY}{token_hex(8)}"
            self._file = os.fdopen(os.open(name, _NEW, 0o600, dir_fd=above), "w+b")
            self._names.append(name)
            _sweep(above, os.fstat(self.file.fileno()).st_mtime)

    @property
    def file(self) -> BufferedRandom:
        """Raises FileGone if it has ended."""
        if self._file is None or self._file.closed:
            raise FileGone(self._folder[-1])
        return self._file

    def write(self, chunk: bytes) -> None:
        with self._lock:
            self.file.write(chunk)

    def keep(self, name: str) -> str:
        """Under this name, or with a number if there is one of it. Returns the name."""
        with self._lock:
            self._sync()
            self._names.append(self._reserved(name))
            self._rename(self._names[-1])
        return self._names[-1]

    def replace(self, name: str) -> None:
        """Under this name, whatever file or link had it. Raises OSError if a folder has it."""
        with self._lock:
            self._sync()
            self._rename(name)

    def end(self, *, kept: bool) -> None:
        """Nothing of it is left but what was kept."""
        with self._lock:
            self._has_ended = True
            for name in () if kept else self._names:
                _forgotten(name, self._above)
            if self._file:
                self._file.close()
            if self._above >= 0:
                os.close(self._above)
                self._above = -1

    def _sync(self) -> None:
        self.file.flush()
        os.fsync(self.file.fileno())

    def _reserved(self, name: str) -> str:
        """Taken by an empty file, so that of two at once each gets a name of its own."""
        for number in count(1):
            tried = name if number == 1 else numbered(name, number)
            try:
                os.close(os.open(tried, _NEW, 0o600, dir_fd=self._above))
            except FileExistsError:
                continue
            return tried
        raise AssertionError  # numbers don't end

    def _rename(self, name: str) -> None:
        os.replace(self._names[0], name, src_dir_fd=self._above, dst_dir_fd=self._above)
        os.fsync(self._above)  # else a power cut may take the name back


def _sweep(above: int, now: float) -> None:
    """What a luka that was killed has left. now: as the disk's own clock has it."""
    with os.scandir(above) as entries:
        for entry in entries:
            if not entry.name.startswith(UNDER_WAY):
                continue
            with suppress(OSError):  # it has its last name by now
                if entry.stat(follow_symlinks=False).st_mtime < now - _ABANDONED:
                    os.unlink(entry.name, dir_fd=above)


def _forgotten(name: str, above: int) -> None:
    with suppress(OSError):  # its folder was cleared, or it has its last name
        os.unlink(name, dir_fd=above)
