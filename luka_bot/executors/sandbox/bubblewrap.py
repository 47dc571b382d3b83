"""bubblewrap: a command gets a small world of its own, in which nothing else exists."""

from collections.abc import Iterable
from pathlib import Path

from luka_bot.executors.sandbox.system import FACTS, NAMES, PROGRAMS, real

PROGRAM = "bwrap"
SCRATCH = 1 << 28  # bytes of /tmp and of /dev/shm, which lie in memory


def arguments(
    program: str, argv: Iterable[str], folder: str, readable: Iterable[str], *, network: bool
) -> tuple[str, ...]:
    """folder: the only place that stays, at its own path, since people's files are named by it.

    There is no --clearenv: bubblewrap is started with the command's environment and no more, and
    values that it had to set again would be seen in the list of processes.
    """
    return (
        program,
        "--unshare-all",
        *(("--share-net",) if network else ()),
        "--die-with-parent",
        "--new-session",
        *("--cap-drop", "ALL"),
        *("--hostname", "sandbox"),
        *_system(),
        *(("--ro-bind-try", real(NAMES), NAMES) if network else ()),
        *("--proc", "/proc"),
        *("--dev", "/dev"),
        *("--size", str(SCRATCH), "--tmpfs", "/dev/shm"),  # noqa: S108 - its own
        *("--remount-ro", "/dev"),
        *("--size", str(SCRATCH), "--tmpfs", "/tmp"),  # noqa: S108 - its own
        *(part for path in readable for part in ("--ro-bind-try", path, path)),
        *("--bind", folder, folder),
        *("--chdir", folder),
        "--",
        *argv,
    )


def _system() -> list[str]:
    parts: list[str] = []
    for path in PROGRAMS:
        if Path(path).is_symlink():
            parts += ["--symlink", str(Path(path).readlink()), path]
        else:
            parts += ["--ro-bind-try", path, path]
    for path in FACTS:
        parts += ["--ro-bind-try", real(path), path]
    return parts
