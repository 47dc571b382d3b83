"""One luka a data folder: two servers on the same append-only files would destroy them."""

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the folder, and the socket where its server answers."""

    pid: int
    socket: Path


class FolderLock:
    """The lock is the open file's: it ends with the last process that has it open."""

    def __init__(self, file: int) -> None:
        self.file = file

    @classmethod
    def take(cls, path: Path) -> Self | None:
        """None if somebody else holds it."""
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return None
        return cls(file)

    def sign(self, holder: Holder) -> None:
        """For those who find the folder taken."""
        os.ftruncate(self.file, 0)
        os.pwrite(self.file, f"{holder.pid}\n{holder.socket}\n".encode(), 0)

    def release(self) -> None:
        os.close(self.file)


def holder(path: Path) -> Holder | None:
    """Who signed last; None if nobody did, or it can't be read."""
    try:
        pid, socket = path.read_text().splitlines()
        return Holder(int(pid), Path(socket))
    except (OSError, ValueError):
        return None
