"""Calls of Linux that Python has no name for."""

import ctypes
import os
import sys

NO_NEW_PRIVILEGES, SECCOMP, CHILD_SUBREAPER = 38, 22, 36  # of prctl

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


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result
