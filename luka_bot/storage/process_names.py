"""A process's own name, by which its neighbours can tell that it is dead."""

import os
from pathlib import Path
from uuid import uuid4


def own_name() -> str:
    """Another one at each call: neighbourhood, pid, and something that nobody else has."""
    return f"{_neighbourhood()} {os.getpid()} {uuid4().hex}"


def is_dead(name: str) -> bool:
    """Only of a process that we could see: False for those of other machines and containers."""
    neighbourhood, pid, _ = name.rsplit(" ", 2) if name.count(" ") == 2 else ("", "", "")
    if not neighbourhood or neighbourhood != _neighbourhood():
        return False
    try:
        os.kill(int(pid), 0)  # nothing is sent; unlike /proc it knows of other users' processes
    except ProcessLookupError:
        return True
    except (PermissionError, ValueError):
        pass
    return False


def _neighbourhood() -> str:
    """Names the processes that can see each other: this boot's, in this pid namespace. Empty where
    we can't tell, such as outside Linux."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot}/{Path('/proc/self/ns/pid').stat().st_ino}"
    except OSError:
        return ""
