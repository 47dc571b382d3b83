"""A file's name as it may lie on a disk, whatever somebody called it."""

import re
import unicodedata
from datetime import datetime
from pathlib import PurePosixPath

LONGEST = 120  # characters
BYTES = 200  # as UTF-8; file systems take 255, and our own names get more in front
NAMELESS = "file"
_PORTS = {f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)}
_WINDOWS = {"con", "prn", "aux", "nul", *_PORTS}
_SEPARATORS = re.compile(r"[/\\]+")
_FORBIDDEN = re.compile(r'[<>:"|?*]')


def clean(name: str) -> str:
    """Its last part, without what no system or reader can bear; the ending stays."""
    last = _SEPARATORS.split(unicodedata.normalize("NFC", name).rstrip("/\\"))[-1]
    shown = "".join(char for char in last if _is_shown(char))
    plain = _FORBIDDEN.sub("_", " ".join(shown.split())).strip(" .")
    if not plain:
        return NAMELESS
    if plain.partition(".")[0].casefold() in _WINDOWS:
        plain = f"_{plain}"
    return _shortened(plain)


def stamped(name: str, moment: datetime) -> str:
    """As files that came in are called: YYYYMMDD_HHMMSS_name."""
    return f"{moment:%Y%m%d_%H%M%S}_{name}"


def numbered(name: str, number: int) -> str:
    """Another of the same name; 1 is the first."""
    if number == 1:
        return name
    path = PurePosixPath(name)
    return f"{path.stem}_{number}{path.suffix}"


def ending(name: str) -> str:
    """Small, without its dot."""
    return PurePosixPath(name).suffix.lower().removeprefix(".")


def _is_shown(char: str) -> bool:
    """Control characters, what turns the direction of text, and halves of characters aren't."""
    return char == " " or unicodedata.category(char)[0] not in "CZ"


def _shortened(name: str) -> str:
    path = PurePosixPath(name)
    suffix = path.suffix if len(path.suffix) <= 16 else ""
    stem = name.removesuffix(suffix)[: LONGEST - len(suffix)]
    while len((stem + suffix).encode()) > BYTES:
        stem = stem[:-1]
    return stem + suffix
