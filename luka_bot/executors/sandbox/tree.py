"""The processes below this one: what they use, and their end."""

import os
import select
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
PATIENCE = 10.0  # s; what can't be ended by then waits for a disk that is gone
_PAUSE = 0.002  # s
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class _Process:
    pid: int
    parent: int
    threads: int
    is_dead: bool


def living(root: int) -> set[int]:
    """Everything that descends from it."""
    children: dict[int, list[_Process]] = {}
    for process in _processes():
        children.setdefault(process.parent, []).append(process)
    found: set[int] = set()
    ahead = [root]
    while ahead:
        below = children.get(ahead.pop(), [])
        ahead += [process.pid for process in below]
        found |= {process.pid for process in below if not process.is_dead}
    return found


def tasks_of(uid: int) -> int:
    """As the kernel counts them against a limit of processes."""
    count = 0
    for process in _processes():
        with suppress(OSError):
            count += process.threads * ((PROC / str(process.pid)).stat().st_uid == uid)
    return count


def memory(pids: set[int], enough: int) -> int:
    """Bytes of all; what they share is counted once where it would be too much otherwise."""
    rough = sum(_resident(pid) for pid in pids)
    return rough if rough <= enough else sum(_share(pid) for pid in pids)


def end_all(leader: int) -> None:
    """Also what forks faster than it is killed: it is stopped first, and counts on against its
    limit. leader: of the group that dies where no /proc shows who descends from us."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        stopped: set[int] = set()
        while new := living(os.getpid()) - stopped:
            _send(new, signal.SIGSTOP)
            stopped |= new
        _send(stopped, signal.SIGKILL)
        if not PROC.is_dir():
            with suppress(OSError):
                os.killpg(leader, signal.SIGKILL)
        if not reap() and not living(os.getpid()):
            return
        select.select([], [], [], _PAUSE)


def reap() -> dict[int, int] | None:
    """The statuses of children that ended, by number; None where there are no children at all."""
    ended: dict[int, int] = {}
    try:
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            ended[found[0]] = found[1]
    except ChildProcessError:
        return ended or None
    return ended


def _send(pids: set[int], what: signal.Signals) -> None:
    for pid in pids:
        with suppress(OSError):
            os.kill(pid, what)


def _processes() -> list[_Process]:
    if not PROC.is_dir():
        return []
    found = []
    for name in os.listdir(PROC):  # noqa: PTH208 - four times as fast, and asked often
        if name.isdigit():
            with suppress(OSError):  # it ended meanwhile
                found.append(_parsed(int(name), (PROC / name / "stat").read_bytes()))
    return found


def _parsed(pid: int, stat: bytes) -> _Process:
    fields = stat.rpartition(b")")[2].split()  # its name may hold anything
    return _Process(pid, int(fields[1]), int(fields[17]), fields[0] in b"ZX")


def _resident(pid: int) -> int:
    try:
        return int((PROC / str(pid) / "statm").read_bytes().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


def _share(pid: int) -> int:
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text("ascii").splitlines()
        return next(int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return _resident(pid)
