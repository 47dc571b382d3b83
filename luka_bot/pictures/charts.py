"""Days from left to right: as bars that stand on each other, or as lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from luka_bot.pictures import palette
from luka_bot.pictures.axes import spread
from luka_bot.pictures.canvas import Box, Canvas, Ink, Point
from luka_bot.pictures.letters import font

LABEL = 22  # px
AXIS = Ink(palette.QUIET, LABEL, anchor="rm")
_BELOW = 38  # px for the days' names


class Form(Enum):
    BARS = auto()
    LINES = auto()


@dataclass(frozen=True, slots=True)
class Series:
    """name "" for the only one. values: one a day; None where there is nothing to show."""

    name: str
    color: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """days: their names. number: a tick of the axis in words."""

    title: str
    headline: str
    form: Form
    days: tuple[str, ...]
    series: tuple[Series, ...]
    ticks: Callable[[float], list[float]]
    number: Callable[[float], str]

    @property
    def highest(self) -> float:
        values = [[value or 0.0 for value in one.values] for one in self.series]
        if self.form is Form.LINES:
            return max(max(some) for some in values)
        return max(map(sum, zip(*values, strict=True)))


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where a day and a value are. top: the value at the box's upper edge."""

    box: Box
    days: int
    top: float

    @property
    def step(self) -> float:
        return self.box.width / self.days

    def x(self, day: int) -> float:
        return self.box.left + self.step * (day + 0.5)

    def y(self, value: float) -> float:
        return self.box.bottom - self.box.height * value / self.top


def draw_chart(canvas: Canvas, box: Box, chart: Chart) -> None:
    lines = chart.ticks(chart.highest)
    names = [chart.number(line) for line in lines]
    left = max(map(font(LABEL).getlength, names)) + 12
    plot = _Plot(box.inside(left, LABEL / 2, 0, _BELOW), len(chart.days), lines[-1])
    for line, name in zip(lines, names, strict=True):
        y = plot.y(line)
        canvas.line([(plot.box.left, y), (plot.box.right, y)], palette.GRID, 1)
        canvas.text((plot.box.left - 10, y), name, AXIS)
    _name_days(canvas, plot, chart.days)
    if chart.form is Form.BARS:
        _draw_bars(canvas, plot, chart.series)
    else:
        for one in chart.series:
            _draw_line(canvas, plot, one)


def _name_days(canvas: Canvas, plot: _Plot, days: Sequence[str]) -> None:
    widest = max(map(font(LABEL).getlength, days))
    for day in spread(len(days), plot.step, widest + 12):
        ink = Ink(palette.QUIET, LABEL, anchor="ms")
        canvas.text((plot.x(day), plot.box.bottom + _BELOW - 8), days[day], ink)


def _draw_bars(canvas: Canvas, plot: _Plot, series: Sequence[Series]) -> None:
    """Gaps of less than some pixels would only flicker."""
    width = min(plot.step * 0.72, 56) if plot.step > 8 else plot.step
    for day in range(plot.days):
        below = 0.0
        for one in series:
            value = one.values[day] or 0.0
            bottom, top = plot.y(below), plot.y(below + value)
            if value:
                top = min(top, bottom - 1)  # little is more than nothing
            bar = Box(plot.x(day) - width / 2, top, width, bottom - top)
            canvas.area(bar, one.color)
            below += value


def _draw_line(canvas: Canvas, plot: _Plot, series: Series) -> None:
    """Broken where there is no value; a value that stands alone is a dot."""
    for piece in _pieces(plot, series.values):
        canvas.line(piece, series.color, 3.5)
        for point in piece if plot.step > 8 else piece[: len(piece) == 1]:
            canvas.dot(point, series.color, 5)


def _pieces(plot: _Plot, values: Sequence[float | None]) -> list[list[Point]]:
    pieces: list[list[Point]] = [[]]
    for day, value in enumerate(values):
        if value is not None:
            pieces[-1].append((plot.x(day), plot.y(value)))
        elif pieces[-1]:
            pieces.append([])
    return [piece for piece in pieces if piece]
