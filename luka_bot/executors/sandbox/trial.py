"""A command of our own that tries what none may do."""

import os
from dataclasses import dataclass
from pathlib import Path

from luka_bot.executors.sandbox.sandbox import Command, Sandbox

# Where it begins there is a file that isn't its own beside its folder, and a folder that is open.
_SCRIPT = """
cat ../other/secret >/dev/null 2>&1 && echo read
(echo x >../other/written) 2>/dev/null && echo write
readlink /proc/self/ns/net
echo x >mine && cat mine >/dev/null && echo works
"""
_SIZE = 1 << 16  # bytes; it says less


@dataclass(frozen=True, slots=True)
class Trial:
    """lets: what it could do, of read, write, network, memory, processes. wrong: why it couldn't
    even do its work."""

    lets: frozenset[str]
    wrong: str

    @property
    def works(self) -> bool:
        return not self.wrong


async def tried(sandbox: Sandbox, place: Path) -> Trial:
    """place: an empty folder of ours."""
    own, other = place / "own", place / "other"
    own.mkdir()
    other.mkdir()
    other.chmod(0o777)  # so that only a wall keeps anybody out
    (other / "secret").write_text("x", "ascii")
    (other / "secret").chmod(0o644)
    command = Command(("sh", "-c", _SCRIPT), {"PATH": os.defpath}, own)
    async with sandbox.start(command, is_trial=True) as running:
        said = (await running.out.read(_SIZE)).decode("utf-8", "replace")
        while more := await running.out.read(_SIZE):
            said += more.decode("utf-8", "replace")
        wrong = (await running.err.read(_SIZE)).decode("utf-8", "replace")
        end = await running.ended()
    words = said.split()
    if "works" not in words:
        return Trial(frozenset(), end.detail or wrong.strip() or f"it ended with {end.code}")
    return Trial(_lets(words), "")


def _lets(words: list[str]) -> frozenset[str]:
    lets = set(words) & {"read", "write", "memory", "processes"}
    if _network_of(words) == _ours() and "socket" in words:
        lets.add("network")
    return frozenset(lets)


def _network_of(words: list[str]) -> str:
    return next((word for word in words if word.startswith("net:")), "")


def _ours() -> str:
    """The name of our network; a command that says another has one of its own."""
    try:
        return os.readlink("/proc/self/ns/net")  # noqa: PTH115 - no path is meant
    except OSError:
        return ""
