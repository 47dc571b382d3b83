"""No sockets: a filter in the kernel for a process and what it starts; no root needed."""

import ctypes
import errno
import platform
import socket
import struct
import sys

from luka_bot.executors.sandbox.kernel import SECCOMP, prctl
from luka_bot.executors.sandbox.plan import Sockets

_MACHINES = {  # the kernel's name for its calls, and the numbers of `socket` and `connect`
    "x86_64": (0xC000003E, 41, 42),
    "aarch64": (0xC00000B7, 198, 203),
}
_IO_URING = 425  # it opens sockets, too, and no filter sees that
_X32 = 0x4000_0000  # the same calls by other numbers
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # where they stand in what a filter is shown
_ALLOW, _KILL, _ERROR = 0x7FFF_0000, 0x8000_0000, 0x0005_0000

Step = tuple[int, int, int, int]


def is_possible() -> bool:
    return sys.platform == "linux" and platform.machine() in _MACHINES


def confine(sockets: Sockets) -> None:
    """Needs forgo_privileges before. Raises OSError."""
    if sockets is Sockets.ALL:
        return
    steps = program(platform.machine(), sockets)
    code = b"".join(struct.pack("HBBI", *step) for step in steps)
    buffer = ctypes.create_string_buffer(code, len(code))
    header = struct.pack("HxxxxxxP", len(steps), ctypes.addressof(buffer))
    prctl(SECCOMP, 2, ctypes.c_char_p(header))


def program(machine: str, sockets: Sockets) -> list[Step]:
    """Steps are (what, how many to skip if so, how many if not, value)."""
    name, open_socket, connect = _MACHINES[machine]
    refuse = (_RETURN, 0, 0, _ERROR | errno.EACCES)
    allow = (_RETURN, 0, 0, _ALLOW)
    start: list[Step] = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, name),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
    ]
    if sockets is Sockets.NONE:
        refused = [(_EQUAL, 3, 0, open_socket), (_EQUAL, 2, 0, connect), (_EQUAL, 1, 0, _IO_URING)]
        return [*start, (_AT_LEAST, 4, 0, _X32), *refused, allow, refuse]
    family = [(_LOAD, 0, 0, _FIRST_ARGUMENT), (_EQUAL, 1, 0, socket.AF_UNIX.value)]
    refused = [(_AT_LEAST, 5, 0, _X32), (_EQUAL, 4, 0, _IO_URING), (_EQUAL, 0, 2, open_socket)]
    return [*start, *refused, *family, allow, refuse]
