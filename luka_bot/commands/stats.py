"""`luka-bot stats`: how much luka is used."""

import time
from dataclasses import asdict
from typing import Annotated

from cyclopts import App, Parameter
from cyclopts.validators import Number

from luka_bot.commands.office import Office, at_office
from luka_bot.commands.showing import say, show_json, show_table
from luka_bot.commands.users import JsonFlag, called
from luka_bot.models.ids import UserId
from luka_bot.models.stats import Figures, StatsReport
from luka_bot.storage.stats import DAYS_KEPT

NAMED = 10  # people and models shown

app = App(name="stats", help="How much luka is used.")


@app.default
def stats(
    *,
    days: Annotated[int, Parameter(validator=Number(gte=1, lte=DAYS_KEPT))] = 7,
    as_json: JsonFlag = False,
) -> int:
    """How much luka is used, by the day in TIME_ZONE.

    Parameters
    ----------
    days
        So many, today included.
    """

    async def work(office: Office) -> int:
        report = await office.stats.report(days, time.time())
        names = {one: called(await office.people.get(one)) for one, _ in report.people}
        if as_json:
            show_json(_described(report, names))
        else:
            _show(report, names)
        return 0

    return at_office(work)


def _show(report: StatsReport, names: dict[UserId, str]) -> None:
    rows = [_row(one.date.isoformat(), one.figures) for one in report.days]
    header = ("day", "people", "messages", "answers", "failed", "tokens", "model", "wait", "95 %")
    show_table(header, [*rows, _row("all", report.totals)])
    if report.people:
        say("")
        most = [(names[one], str(many)) for one, many in report.people[:NAMED]]
        show_table(("wrote most", "messages"), most)
    models = sorted(report.totals.models.items(), key=lambda one: -one[1])
    if models:
        say("")
        show_table(("model", "answers"), [(name, str(many)) for name, many in models[:NAMED]])


def _row(name: str, figures: Figures) -> list[str]:
    counts = (figures.people, figures.messages, figures.answers, figures.failed, figures.tokens)
    waits = (_seconds(figures.wait_p50), _seconds(figures.wait_p95))
    return [name, *map(str, counts), f"{figures.model_seconds / 60:.1f} min", *waits]


def _seconds(wait: float | None) -> str:
    return "" if wait is None else f"{wait:.1f} s"


def _described(report: StatsReport, names: dict[UserId, str]) -> dict[str, object]:
    return {
        "days": [{"date": one.date.isoformat(), **asdict(one.figures)} for one in report.days],
        "totals": asdict(report.totals),
        "people": [
            {"id": one, "name": names[one], "messages": many} for one, many in report.people
        ],
    }
