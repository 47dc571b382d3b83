"""Landlock: a process gives up all files but some, for all that it starts, too. Needs no root."""

import ctypes
import os
import stat
import struct
import sys
from collections.abc import Iterable

from luka_bot.executors.sandbox.kernel import syscall

WHOLE = 3  # of its versions, the first that keeps files from being cut short (Linux 6.2)
SIGNALS = 6  # the first that keeps signals from processes outside (Linux 6.12)

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_OF_A_FILE = 0b1100_0000_0000_0111  # execute, write, read, truncate, ioctl
_READ = 0b1101  # execute, read a file, list a folder
_MAKES_DEVICES = 0b1010_0100_0000  # nodes and sockets: nobody's job
_BITS = {1: 13, 2: 14, 3: 15, 4: 15}  # kinds of access that a version knows; later ones know 16


def version() -> int:
    """0 where the kernel has none of it."""
    if sys.platform != "linux":
        return 0
    try:
        return syscall(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint(1))
    except OSError:
        return 0


def confine(readable: Iterable[str], writable: Iterable[str]) -> None:
    """What isn't there is left out. Raises OSError."""
    known = (1 << _BITS.get(version(), 16)) - 1
    scoped = 0b11 if version() >= SIGNALS else 0  # abstract sockets, signals
    size = 24 if version() >= SIGNALS else 8
    attributes = struct.pack("QQQ", known, 0, scoped)[:size]
    rules = syscall(_CREATE, attributes, ctypes.c_size_t(size), ctypes.c_uint(0))
    for path in readable:
        _allow(rules, path, known & _READ)
    for path in writable:
        _allow(rules, path, known & ~_MAKES_DEVICES)
    syscall(_RESTRICT, ctypes.c_int(rules), ctypes.c_uint(0))
    os.close(rules)


def _allow(rules: int, path: str, access: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(place).st_mode):
            access &= _OF_A_FILE
        rule = struct.pack("=Qi", access, place)
        syscall(_ADD, ctypes.c_int(rules), ctypes.c_int(1), rule, ctypes.c_uint(0))
    finally:
        os.close(place)
