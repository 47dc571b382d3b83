"""How much luka is used, on one sheet that a phone shows without zooming."""

from collections.abc import Callable, Mapping

from luka_bot.locales import Words, figures
from luka_bot.models.ids import UserId
from luka_bot.models.stats import Figures, StatsReport
from luka_bot.pictures import palette
from luka_bot.pictures.axes import ticks, time_ticks
from luka_bot.pictures.canvas import Box, Canvas, Ink
from luka_bot.pictures.card import MARGIN, draw_card, draw_chart_card
from luka_bot.pictures.charts import Chart, Form, Series, draw_chart
from luka_bot.pictures.letters import readable, wrapped
from luka_bot.pictures.ranking import ROW, Ranked, draw_ranking

WIDTH = 1080
ROWS = 6  # people or models
_EDGE = 32
_GAP = 20
_HEAD = 150
_CHART = 350
_MODELS = (palette.BLUE, palette.ORANGE, palette.GREEN, palette.PINK, palette.RED, palette.GREY)


def draw_stats(report: StatsReport, words: Words, names: Mapping[UserId, str]) -> bytes:
    """A PNG, WIDTH wide; Telegram shows 1280 px of the longer side, so it is hardly higher.

    names: of report.people, as far as they are known; the others are shown as numbers.
    """
    if not report.totals.messages and not report.totals.answers:
        return _empty(report, words)
    people, models = _people(report, words, names), _models(report.totals, words)
    rankings = [(words("stats.people.most"), people), (words("stats.models"), models)]
    lowest = 64 + ROW * max(len(people), len(models), 1) + MARGIN - 8
    canvas = Canvas(WIDTH, _HEAD + 2 * (_CHART + _GAP) + lowest + _EDGE, palette.PAPER)
    _title(canvas, report, words)
    for place, chart in enumerate(_charts(report, words)):
        _place_chart(canvas, _cell(place, _CHART), chart)
    for place, (title, rows) in enumerate(rankings, 4):
        draw_ranking(canvas, draw_card(canvas, _cell(place, lowest), title), rows)
    return canvas.png()


def _empty(report: StatsReport, words: Words) -> bytes:
    canvas = Canvas(WIDTH, 560, palette.PAPER)
    _title(canvas, report, words)
    box = Box(_EDGE, _HEAD, WIDTH - 2 * _EDGE, 560 - _HEAD - _EDGE)
    canvas.area(box, palette.CARD, 20)
    lines = wrapped(words("stats.empty"), box.width - 120, 34)
    for number, line in enumerate(lines):
        y = box.top + box.height / 2 + (number - (len(lines) - 1) / 2) * 52
        canvas.text((WIDTH / 2, y), line, Ink(palette.QUIET, 34, anchor="mm"))
    return canvas.png()


def _title(canvas: Canvas, report: StatsReport, words: Words) -> None:
    room = WIDTH - 2 * _EDGE
    title = Ink(palette.TEXT, 46, bold=True)
    canvas.text((_EDGE, 72), words("stats.title"), title, room)
    period = figures.days(words, report.days[0].date, report.days[-1].date)
    canvas.text((_EDGE, 120), period, Ink(palette.QUIET, 30), room)


def _cell(place: int, height: float) -> Box:
    """Two in a row; whatever is below the charts may be of another height."""
    width = (WIDTH - 2 * _EDGE - _GAP) / 2
    row, column = divmod(place, 2)
    return Box(_EDGE + column * (width + _GAP), _HEAD + row * (_CHART + _GAP), width, height)


def _place_chart(canvas: Canvas, box: Box, chart: Chart) -> None:
    legend = [(one.color, one.name) for one in chart.series if one.name]
    room = draw_chart_card(canvas, box, chart.title, chart.headline, legend)
    draw_chart(canvas, room.inside(0, 0, 0, -12), chart)


def _charts(report: StatsReport, words: Words) -> tuple[Chart, ...]:
    total = report.totals

    def number(value: float) -> str:
        return figures.number(words, value)

    def counted(title: str, sum_: float, *series: Series) -> Chart:
        return Chart(title, number(sum_), Form.BARS, _days(report, words), series, ticks, number)

    return (
        counted(
            words("stats.messages"),
            total.messages,
            Series("", palette.BLUE, _of(report, lambda day: day.messages)),
        ),
        counted(
            words("stats.people"),
            total.people,
            Series("", palette.GREEN, _of(report, lambda day: day.people)),
        ),
        counted(
            words("stats.tokens"),
            total.tokens,
            Series(
                words("stats.tokens.read"), palette.BLUE, _of(report, lambda day: day.prompt_tokens)
            ),
            Series(
                words("stats.tokens.written"),
                palette.ORANGE,
                _of(report, lambda day: day.answer_tokens),
            ),
        ),
        _waits(report, words),
    )


def _waits(report: StatsReport, words: Words) -> Chart:
    total = report.totals

    def wait(value: float | None) -> str:
        return "\N{EN DASH}" if value is None else figures.seconds(words, value)

    slow = words("stats.wait.slow", share=figures.share(words, 0.95), wait=wait(total.wait_p95))
    return Chart(
        words("stats.wait"),
        wait(total.wait_p50),
        Form.LINES,
        _days(report, words),
        (
            Series(words("stats.wait.usual"), palette.BLUE, _of(report, lambda day: day.wait_p50)),
            Series(slow, palette.ORANGE, _of(report, lambda day: day.wait_p95)),
        ),
        time_ticks,
        wait,
    )


def _days(report: StatsReport, words: Words) -> tuple[str, ...]:
    name = figures.weekday if len(report.days) <= 7 else figures.day
    return tuple(name(words, day.date) for day in report.days)


def _of(report: StatsReport, value: Callable[[Figures], float | None]) -> tuple[float | None, ...]:
    return tuple(value(day.figures) for day in report.days)


def _people(report: StatsReport, words: Words, names: Mapping[UserId, str]) -> list[Ranked]:
    first = report.people[:ROWS]
    return [
        Ranked(
            readable(names.get(person, "")) or str(person),
            figures.number(words, messages),
            messages / first[0][1],
            palette.BLUE,
        )
        for person, messages in first
    ]


def _models(total: Figures, words: Words) -> list[Ranked]:
    """Of more than there are rows the least are one."""
    known = {name: many for name, many in total.models.items() if name}
    ranked = sorted(known.items(), key=lambda item: (-item[1], item[0]))
    unnamed = sum(total.models.values()) - sum(known.values())
    room = ROWS if len(ranked) <= ROWS and not unnamed else ROWS - 1
    rest = unnamed + sum(many for _, many in ranked[room:])
    shown = [(readable(name) or "?", many) for name, many in ranked[:room]]
    if rest:
        shown.append((words("stats.models.other"), rest))
    every = sum(many for _, many in shown)
    return [
        Ranked(name, figures.share(words, many / every), many / every, color)
        for (name, many), color in zip(shown, _MODELS, strict=False)
    ]
