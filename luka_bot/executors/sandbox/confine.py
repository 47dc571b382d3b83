"""A command's process, between its birth and its program: it gives up what it may not have."""

import mmap
import os
import resource
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from luka_bot.executors.sandbox import landlock, seccomp, tree
from luka_bot.executors.sandbox.kernel import forgo_privileges
from luka_bot.executors.sandbox.plan import Limits, Plan

OPEN_FILES = 4096
_USUAL = (signal.SIGPIPE, signal.SIGXFSZ, signal.SIGCHLD)  # Python has its own ways with them


def become(plan: Plan) -> NoReturn:
    """Raises OSError; whatever can't be had, the program doesn't run."""
    os.setsid()
    os.umask(0o077)
    signal.set_wakeup_fd(-1)
    for each in _USUAL:
        signal.signal(each, signal.SIG_DFL)
    with suppress(OSError):  # if memory ends, this ends first
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
    _limit(plan.limits, os.getuid() if plan.uid is None else plan.uid)
    if plan.uid is not None:
        os.setgroups([])
        os.setgid(plan.uid)
        os.setuid(plan.uid)
    os.chdir(plan.folder)
    forgo_privileges()
    if plan.writable:
        landlock.confine(plan.readable, plan.writable)
    seccomp.confine(plan.sockets)
    if plan.is_trial:
        _try(plan.limits)
    os.execvpe(plan.argv[0], plan.argv, plan.env)  # noqa: S606 - no shell is meant


def _limit(limits: Limits, uid: int) -> None:
    _set(resource.RLIMIT_CORE, 0)
    _set(resource.RLIMIT_CPU, limits.cpu)
    _set(resource.RLIMIT_FSIZE, limits.file)
    _set(resource.RLIMIT_NOFILE, OPEN_FILES)
    # Not RLIMIT_AS: node and its like reserve addresses by the terabyte and never use them.
    _set(resource.RLIMIT_DATA, limits.memory)
    _set(resource.RLIMIT_NPROC, tree.tasks_of(uid) + limits.processes)


def _set(which: int, most: int) -> None:
    _, hard = resource.getrlimit(which)
    value = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(which, (value, value))


def _try(limits: Limits) -> None:
    """What isn't held is said."""
    with suppress(OSError):
        socket.socket().close()
        os.write(1, b"socket\n")
    with suppress(OSError):
        flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
        mmap.mmap(-1, limits.memory + mmap.PAGESIZE, flags=flags).close()
        os.write(1, b"memory\n")
    if sys.platform != "linux":
        os.write(1, b"processes\n")
