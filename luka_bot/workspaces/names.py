"""What people call their files becomes a name that every disk can bear."""

import re
import unicodedata

LENGTH = 120  # characters of a name
BYTES = 200  # in UTF-8; a disk bears 255, and the moment and a number come in front and behind
_ENDING = 16  # characters; what is longer is no ending but a name with a dot in it
_NAMELESS = "file"

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_UNSAYABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})
# They turn the direction of writing: with them gpj.exe reads as exe.jpg.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])( *\..*)?", re.IGNORECASE
)
_MOMENT = re.compile(r"\d{8}_\d{6}_")


def cleaned(name: str) -> str:
    """The last part of it, without anything that a disk, a door or a reader's eye may stumble over;
    the ending stays. Never empty."""
    last = re.split(r"[/\\]", name.rstrip("/\\"))[-1]
    seen = "".join(_visible(character) for character in last)
    plain = _NOT_ON_WINDOWS.sub("_", unicodedata.normalize("NFC", seen))
    plain = _cut(plain.strip(" .")).strip(" .")
    return f"_{plain}" if _RESERVED.fullmatch(plain) else plain or _NAMELESS


def ending(name: str) -> str:
    """Small, without the dot; "" if it has none."""
    stem, dot, last = name.rpartition(".")
    return last.lower() if dot and stem else ""


def numbered(name: str, number: int) -> str:
    """data.csv, 2: data_2.csv."""
    stem, dot, last = name.rpartition(".")
    return f"{stem}_{number}.{last}" if dot and stem else f"{name}_{number}"


def unstamped(name: str) -> str:
    """As its person called it, without the moment at which it came."""
    return cleaned(_MOMENT.sub("", name, count=1) if _MOMENT.match(name) else name)


def sayable(part: str) -> bool:
    """Whether a part of a path is one name that can be shown, stored and found again."""
    if part in {"", ".", ".."} or "/" in part or "\\" in part or _TURNING.search(part):
        return False
    if part.isascii():
        return part.isprintable()
    return not any(unicodedata.category(character) in _UNSAYABLE for character in part)


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in _INVISIBLE:
        return ""
    return " " if category == "Zs" else character


def _cut(name: str) -> str:
    stem, dot, last = name.rpartition(".")
    if not dot or len(last) > _ENDING:
        stem, dot, last = name, "", ""
    tail = dot + last
    room = BYTES - len(tail.encode())
    return stem[: LENGTH - len(tail)].encode()[:room].decode(errors="ignore").rstrip(" .") + tail
