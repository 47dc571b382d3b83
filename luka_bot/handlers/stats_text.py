"""How much luka is used, in words, for where no picture can be shown."""

from collections.abc import Callable, Mapping
from html import escape

from luka_bot.locales import Words, figures
from luka_bot.models.ids import UserId
from luka_bot.models.stats import Figures, StatsReport

PEOPLE = 10
_NAME = 40  # characters
_WEEK = 7


def stats_text(words: Words, report: StatsReport, names: Mapping[UserId, str]) -> str:
    """Telegram's HTML. names: of report.people, as far as they are known."""
    period = figures.days(words, report.days[0].date, report.days[-1].date)
    header = words.html("stats.header", period=period)
    if not report.totals.messages and not report.totals.answers:
        return f"{header}\n\n{words.html('stats.empty')}"
    table = escape(_table(words, report), quote=False)
    return f"{header}\n\n<pre>{table}</pre>{_people(words, report, names)}"


def _people(words: Words, report: StatsReport, names: Mapping[UserId, str]) -> str:
    lines = [
        words.html(
            "stats.person",
            place=place,
            name=_shown(names.get(person, "")) or person,
            messages=figures.number(words, messages),
        )
        for place, (person, messages) in enumerate(report.people[:PEOPLE], 1)
    ]
    return "\n".join([f"\n\n<b>{words.html('stats.people.most')}</b>", *lines]) if lines else ""


def _table(words: Words, report: StatsReport) -> str:
    """Today, the week and all days, as far as these differ."""
    columns = [(words("stats.today"), report.days[-1].figures)]
    if len(report.days) > 1:
        columns.append((words.count("stats.days", min(_WEEK, len(report.days))), report.week))
    if len(report.days) > _WEEK:
        columns.append((words.count("stats.days", len(report.days)), report.totals))
    rows = [["", *(name for name, _ in columns)]]
    for name, tell in _rows(words):
        rows.append([name, *(tell(each) for _, each in columns)])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_line(row, widths) for row in rows)


def _rows(words: Words) -> list[tuple[str, Callable[[Figures], str]]]:
    def number(value: float) -> str:
        return figures.number(words, value)

    def wait(value: float | None) -> str:
        return "\N{EN DASH}" if value is None else figures.seconds(words, value)

    return [
        (words("stats.people"), lambda one: number(one.people)),
        (words("stats.messages"), lambda one: number(one.messages)),
        (words("stats.answers"), lambda one: number(one.answers)),
        (words("stats.failed"), lambda one: number(one.failed)),
        (words("stats.tokens"), lambda one: number(one.tokens)),
        (words("stats.wait.short"), lambda one: wait(one.wait_p50)),
        (
            words("stats.wait.at_most", share=figures.share(words, 0.95)),
            lambda one: wait(one.wait_p95),
        ),
    ]


def _line(row: list[str], widths: list[int]) -> str:
    first, *rest = zip(row, widths, strict=True)
    return "  ".join([first[0].ljust(first[1]), *(text.rjust(width) for text, width in rest)])


def _shown(name: str) -> str:
    """In one line, and nothing that turns the rest of it around."""
    plain = "".join(letter if letter.isprintable() else " " for letter in name)
    whole = " ".join(plain.split())
    return whole if len(whole) <= _NAME else whole[: _NAME - 1].rstrip() + "…"
