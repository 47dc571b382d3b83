"""A piece of the sheet: a title, what it comes to, and what its colours mean."""

from collections.abc import Sequence

from luka_bot.pictures import palette
from luka_bot.pictures.canvas import Box, Canvas, Ink
from luka_bot.pictures.letters import font

MARGIN = 26  # px
_TITLE = 26
_HEADLINE = 40
_LEGEND = 22
_DOT = 7


Legend = Sequence[tuple[str, str]]
"""Colours and what they mean."""


def draw_card(canvas: Canvas, box: Box, title: str) -> Box:
    """Returns the room below the title."""
    canvas.area(box, palette.CARD, 20)
    room = box.inside(MARGIN, 64, MARGIN, MARGIN)
    canvas.text((room.left, box.top + 46), title, Ink(palette.QUIET, _TITLE), room.width)
    return room


def draw_chart_card(canvas: Canvas, box: Box, title: str, headline: str, legend: Legend) -> Box:
    """The legend stands beside the title, or beside the headline if that leaves it more room.

    Returns the room below.
    """
    room = draw_card(canvas, box, title)
    baseline = room.top + 38
    taken = canvas.text((room.left, baseline), headline, Ink(palette.TEXT, _HEADLINE, bold=True))
    if (beside_title := font(_TITLE).getlength(title)) < taken:
        baseline, taken = box.top + 46, beside_title
    _draw_legend(canvas, Box(room.left + taken, baseline, room.width - taken, 0), legend)
    return room.inside(0, 56, 0, 0)


def _draw_legend(canvas: Canvas, room: Box, legend: Legend) -> None:
    """The last is said first, and the first left out where there is no room for it."""
    right, baseline = room.right, room.top
    for color, name in reversed(legend):
        wide = font(_LEGEND).getlength(name)
        if right - wide - 2 * _DOT - 18 < room.left:
            return
        canvas.text((right - wide, baseline), name, Ink(palette.QUIET, _LEGEND))
        canvas.dot((right - wide - 8 - _DOT, baseline - 7), color, _DOT)
        right -= wide + 2 * _DOT + 26
