"""A bar chart as SVG, made of figures and nothing else."""

from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape

WIDTH, LEFT, RIGHT = 720, 180, 110
TOP, BAR, GAP = 56, 28, 14
LABEL_LIMIT = 22  # characters
COLOUR = "#3b82c4"
SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" \
height="{height}" font-family="sans-serif" font-size="14">
<rect width="{width}" height="{height}" fill="white"/>
<text x="{middle}" y="32" text-anchor="middle" font-size="18">{title}</text>
{rows}
</svg>
"""


def bar_chart(title: str, bars: Mapping[str, float], figure: Callable[[float], str]) -> str:
    """The bars from top to bottom, as they come; none is longer for being below zero."""
    height = TOP + len(bars) * (BAR + GAP) + GAP
    most = max([*bars.values(), 0.0]) or 1.0
    longest = WIDTH - LEFT - RIGHT
    rows = [
        _bar(place, (label, figure(value)), max(0.0, value) / most * longest)
        for place, (label, value) in enumerate(bars.items())
    ]
    return SVG.format(
        width=WIDTH, height=height, middle=WIDTH // 2, title=escape(title), rows="\n".join(rows)
    )


def _bar(place: int, words: tuple[str, str], long: float) -> str:
    """words: the label, and the figure at the bar's end."""
    y = TOP + place * (BAR + GAP)
    label, figure = words
    name = label if len(label) <= LABEL_LIMIT else f"{label[: LABEL_LIMIT - 1]}…"
    middle = y + BAR // 2 + 5
    return (
        f'<text x="{LEFT - 10}" y="{middle}" text-anchor="end">{escape(name)}</text>'
        f'<rect x="{LEFT}" y="{y}" width="{long:.1f}" height="{BAR}" rx="3" fill="{COLOUR}"/>'
        f'<text x="{LEFT + long + 8:.1f}" y="{middle}">{figure}</text>'
    )
