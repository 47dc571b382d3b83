"""Calls of Linux that Python has no name for."""

import ctypes
import os
import sys

DUMPABLE, SECCOMP, CHILD_SUBREAPER, NO_NEW_PRIVILEGES, AMBIENT = 4, 22, 36, 38, 47  # of prctl
_CLEAR_ALL = 4  # of AMBIENT

_libc = ctypes.CDLL(None, use_errno=True)


def syscall(number: int, *arguments: object) -> int:
    """Raises OSError."""
    return _checked(_libc.syscall(ctypes.c_long(number), *arguments))


def prctl(option: int, *arguments: object) -> int:
    """Raises OSError."""
    rest = [*arguments, 0, 0, 0, 0][:4]
    words = [ctypes.c_ulong(word) if isinstance(word, int) else word for word in rest]
    return _checked(_libc.prctl(option, *words))


def forgo_privileges() -> None:
    """No program that is started from now on has more rights than we have."""
    if sys.platform == "linux":
        prctl(NO_NEW_PRIVILEGES, 1)
        prctl(AMBIENT, _CLEAR_ALL)


def conceal() -> None:
    """What stands in our memory, our environment too, from other processes of the same user."""
    if sys.platform == "linux":
        prctl(DUMPABLE, 0)


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result
