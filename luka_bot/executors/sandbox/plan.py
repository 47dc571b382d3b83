"""What luka tells the supervisor of a command, and what it hears at its end."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Self


class Sockets(StrEnum):
    ALL = "all"
    INTERNET = "internet"  # none to programs of this machine that listen on a path
    NONE = "none"


class Excess(StrEnum):
    """What a command was ended for, or why it never began."""

    NOTHING = ""
    MEMORY = "memory"
    OUTPUT = "output"
    START = "start"


@dataclass(frozen=True, slots=True)
class Limits:
    """memory in bytes, of each process and of all together; file, quota in bytes; cpu in seconds of
    each process; processes beside those that its user has already; files in places."""

    memory: int
    processes: int
    cpu: int
    file: int
    quota: int
    files: int


@dataclass(frozen=True, slots=True)
class Plan:
    """uid: who it runs as, None for whoever luka is. readable, writable: what Landlock leaves it,
    both empty for no Landlock. places: folders that quota and files are counted in. is_trial: it
    says on its output which limits don't hold."""

    argv: tuple[str, ...]
    env: dict[str, str]
    folder: str
    limits: Limits
    places: tuple[str, ...]
    uid: int | None = None
    readable: tuple[str, ...] = ()
    writable: tuple[str, ...] = ()
    sockets: Sockets = Sockets.ALL
    is_trial: bool = False

    def line(self) -> bytes:
        return json.dumps(asdict(self)).encode() + b"\n"

    @classmethod
    def read(cls, line: bytes) -> Self:
        told = json.loads(line)
        lists = {name: tuple(told[name]) for name in ("argv", "places", "readable", "writable")}
        limits, sockets = Limits(**told["limits"]), Sockets(told["sockets"])
        return cls(**told | lists | {"limits": limits, "sockets": sockets})


@dataclass(frozen=True, slots=True)
class End:
    """code: as a shell counts, 128 and the signal's number where it was ended by one."""

    code: int
    excess: Excess = Excess.NOTHING
    detail: str = ""

    def line(self) -> bytes:
        return json.dumps(asdict(self)).encode() + b"\n"

    @classmethod
    def read(cls, line: bytes) -> Self:
        told = json.loads(line)
        return cls(told["code"], Excess(told["excess"]), told["detail"])
