"""Text that can be drawn: without what our own fonts lack, and no longer than its place."""

import unicodedata
from functools import cache
from importlib.resources import files
from io import BytesIO

from PIL import ImageFont

ELLIPSIS = "…"
_NOTDEF = "\U000fffff"  # no font has a letter there
_LONG = 200  # characters; nobody sees more of a name
_HIDDEN = ("C", "M", "Zl", "Zp")  # what has no shape of its own


@cache
def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    data = BytesIO(_data("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"))
    return ImageFont.truetype(data, size, layout_engine=ImageFont.Layout.BASIC)


def readable(text: str) -> str:
    """One line of what our fonts can show; "" if that is nothing."""
    plain = unicodedata.normalize("NFC", text[:_LONG])
    return " ".join("".join(filter(_shown, plain)).split())


def cut(text: str, width: float, size: int, *, bold: bool = False) -> str:
    """As much of it as fits, with an ellipsis for the rest."""
    letters = font(size, bold=bold)
    if letters.getlength(text) <= width:
        return text
    while text and letters.getlength(text + ELLIPSIS) > width:
        text = text[:-1].rstrip()
    return text + ELLIPSIS


def wrapped(text: str, width: float, size: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font(size).getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@cache
def _data(name: str) -> bytes:
    return (files("luka_bot.pictures") / "fonts" / name).read_bytes()


@cache
def _missing() -> bytes:
    return bytes(font(32).getmask(_NOTDEF))


def _shown(letter: str) -> bool:
    if letter.isspace():
        return True
    if unicodedata.category(letter).startswith(_HIDDEN):
        return False
    return bytes(font(32).getmask(letter)) != _missing()
