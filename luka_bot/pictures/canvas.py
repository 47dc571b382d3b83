"""A sheet to draw on, in its own pixels; edges come out smooth."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw

from luka_bot.pictures.letters import cut, font

_FINER = 2  # drawn so many times as large, and then made smaller

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Ink:
    """How a text looks. anchor: where its place is, as Pillow names it."""

    color: str
    size: int = 24
    bold: bool = False
    anchor: str = "ls"


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def inside(self, left: float, top: float, right: float, bottom: float) -> "Box":
        """What remains within these margins."""
        width, height = self.width - left - right, self.height - top - bottom
        return Box(self.left + left, self.top + top, width, height)


class Canvas:
    def __init__(self, width: int, height: int, color: str) -> None:
        self._image = Image.new("RGB", (width * _FINER, height * _FINER), color)
        self._draw = ImageDraw.Draw(self._image)

    def area(self, box: Box, color: str, radius: float = 0) -> None:
        if box.width <= 0 or box.height <= 0:
            return
        corners = _fine((box.left, box.top)), _fine((box.right, box.bottom))
        (left, top), (right, bottom) = corners
        ends = (max(left, right - 1), max(top, bottom - 1))  # Pillow draws the last pixel too
        self._draw.rounded_rectangle(((left, top), ends), radius * _FINER, fill=color)

    def line(self, points: Sequence[Point], color: str, width: float) -> None:
        fine = [_fine(point) for point in points]
        self._draw.line(fine, fill=color, width=round(width * _FINER), joint="curve")

    def dot(self, at: Point, color: str, radius: float) -> None:
        self._draw.circle(_fine(at), radius * _FINER, fill=color)

    def text(self, at: Point, text: str, ink: Ink, width: float | None = None) -> float:
        """Cut to the width, if there is one. Returns how wide it is."""
        shown = text if width is None else cut(text, width, ink.size, bold=ink.bold)
        letters = font(ink.size * _FINER, bold=ink.bold)
        self._draw.text(_fine(at), shown, fill=ink.color, font=letters, anchor=ink.anchor)
        return letters.getlength(shown) / _FINER

    def png(self) -> bytes:
        file = BytesIO()
        self._image.reduce(_FINER).save(file, "PNG")
        return file.getvalue()


def _fine(point: Point) -> tuple[int, int]:
    return round(point[0] * _FINER), round(point[1] * _FINER)
