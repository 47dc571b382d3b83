"""Who or what has most: names, each above its bar."""

from collections.abc import Sequence
from dataclasses import dataclass

from luka_bot.pictures import palette
from luka_bot.pictures.canvas import Box, Canvas, Ink
from luka_bot.pictures.letters import font

ROW = 58  # px
_SIZE = 24
_BAR = 12


@dataclass(frozen=True, slots=True)
class Ranked:
    """part: of the longest bar, 0 to 1. value: the same in words."""

    name: str
    value: str
    part: float
    color: str


def draw_ranking(canvas: Canvas, box: Box, rows: Sequence[Ranked]) -> None:
    for place, row in enumerate(rows):
        top = box.top + place * ROW
        value = Ink(palette.TEXT, _SIZE, bold=True, anchor="rs")
        canvas.text((box.right, top + 26), row.value, value)
        room = box.width - font(_SIZE, bold=True).getlength(row.value) - 16
        canvas.text((box.left, top + 26), row.name, Ink(palette.TEXT, _SIZE), room)
        track = Box(box.left, top + 35, box.width, _BAR)
        canvas.area(track, palette.TRACK, _BAR / 2)
        filled = max(_BAR, box.width * row.part)
        canvas.area(Box(track.left, track.top, filled, _BAR), row.color, _BAR / 2)
