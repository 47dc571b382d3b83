"""Jobs about tables: sales, feedback, or whatever has columns."""

import re
from collections.abc import Mapping
from itertools import islice

from luka_bot.demo.model.jobs.chart import bar_chart
from luka_bot.demo.model.jobs.feedback import Feedback, feedback_in
from luka_bot.demo.model.jobs.material import Material
from luka_bot.demo.model.jobs.reading import Source, newest
from luka_bot.demo.model.jobs.sales import Sales, sales_in
from luka_bot.demo.model.jobs.tables import Table, number, table_in
from luka_bot.demo.model.jobs.texts import JobTexts
from luka_bot.demo.model.jobs.writing import hand_over
from luka_bot.demo.model.reply import Reply

CHART = re.compile(r"\bchart|\bgraph|\bplot|diagram|график|диаграмм", re.IGNORECASE)
PLAN = re.compile(r"\bplan\b|\bплан", re.IGNORECASE)
NEGATIVE = re.compile(r"negativ|complain|негатив|плох|жалоб", re.IGNORECASE)
TOP = re.compile(r"(?:\btop|первы[ех]|топ)[\s-]*(\d{1,2})", re.IGNORECASE)
TOP_USUAL = 5
CHART_NAME = "revenue_chart.svg"
PLAN_STEPS = 3


def figures(material: Material, texts: JobTexts) -> Reply | None:
    """None where there is no table to speak of."""
    source = newest(material, ".csv") or newest(material, ".tsv")
    if not isinstance(source, Source):
        return source
    table = table_in(source.text)
    if table is None:
        return None
    reply = _of_table(material, texts, source, table)
    if source.whole or not reply.text:
        return reply
    return Reply(f"{texts.partial.format(name=source.name)}\n\n{reply.text}")


def _of_table(material: Material, texts: JobTexts, source: Source, table: Table) -> Reply:
    if sales := sales_in(table):
        if CHART.search(material.question):
            return _chart(material, texts, source, sales)
        return Reply(f"{_sales(material, texts, source, sales)}\n\n{texts.rules}")
    if feedback := feedback_in(table):
        return Reply(f"{_feedback(material.question, texts, source, feedback)}\n\n{texts.rules}")
    return Reply(f"{_columns(texts, source, table)}\n\n{texts.rules}")


def _best(material: Material, sales: Sales) -> Mapping[str, float]:
    found = TOP.search(material.question)
    return dict(islice(sales.products.items(), int(found[1]) if found else TOP_USUAL))


def _chart(material: Material, texts: JobTexts, source: Source, sales: Sales) -> Reply:
    best = _best(material, sales)
    svg = bar_chart(texts.chart_title.format(count=len(best)), best, texts.figure)
    lines = "\n".join(
        f"{at}. {name}: **{texts.figure(one)}**" for at, (name, one) in enumerate(best.items(), 1)
    )
    then = texts.chart.format(name=CHART_NAME, count=len(best), source=source.name, lines=lines)
    return hand_over(material, texts, (CHART_NAME, svg), then)


def _sales(material: Material, texts: JobTexts, source: Source, sales: Sales) -> str:
    best, total = _best(material, sales), sales.total
    parts = [
        texts.sales.format(
            name=source.name,
            rows=sales.rows,
            products=len(sales.products),
            total=texts.figure(total),
            count=len(best),
            lines="\n".join(
                f"| {name} | {texts.figure(one)} | {one / (total or 1):.1%} |"
                for name, one in best.items()
            ),
        )
    ]
    if len(sales.months) > 1:
        lines = "\n".join(
            f"| {month} | {texts.figure(one)} |" for month, one in sales.months.items()
        )
        parts += [texts.sales_months.format(lines=lines), _trend(texts, sales.months)]
    if sales.skipped:
        parts.append(texts.skipped.format(count=sales.skipped))
    return "\n\n".join(parts)


def _trend(texts: JobTexts, months: Mapping[str, float]) -> str:
    first, *_, last = months
    change = (months[last] - months[first]) / (abs(months[first]) or 1)
    return texts.sales_trend.format(
        first=first,
        last=last,
        way=texts.up if change >= 0 else texts.down,
        percent=f"{abs(change) * 100:.1f}",
        best=max(months, key=lambda month: months[month]),
        worst=min(months, key=lambda month: months[month]),
    )


def _feedback(question: str, texts: JobTexts, source: Source, feedback: Feedback) -> str:
    if PLAN.search(question):
        return _plan(texts, feedback)
    counts = {
        "total": feedback.total,
        "positive": feedback.positive,
        "negative": feedback.negative,
        "neutral": feedback.neutral,
    }
    head = texts.negative if NEGATIVE.search(question) else texts.feedback
    complaints = [
        texts.complaint.format(place=at, topic=texts.topics[topic], count=count, example=example)
        for at, (topic, count, example) in enumerate(feedback.complaints, 1)
    ]
    said = "\n".join(complaints) or texts.no_complaints
    return f"{head.format(name=source.name, **counts)}\n\n{said}"


def _plan(texts: JobTexts, feedback: Feedback) -> str:
    top = feedback.complaints[:PLAN_STEPS]
    steps = [
        texts.plan_step.format(
            place=at, topic=texts.topics[topic], count=count, action=texts.actions[topic]
        )
        for at, (topic, count, _) in enumerate(top, 1)
    ]
    return "\n\n".join([texts.plan.format(count=len(top)), *(steps or [texts.no_complaints])])


def _columns(texts: JobTexts, source: Source, table: Table) -> str:
    columns = ", ".join(f"`{name}`" for name in table.columns)
    figures = {name: [number(row.get(name, "")) for row in table.rows] for name in table.columns}
    lines = [
        "- `{}`: {} … {}, Σ {}".format(
            name, *map(texts.figure, (min(known), max(known), sum(known)))
        )
        for name, some in figures.items()
        if (known := [one for one in some if one is not None]) and len(known) == len(some)
    ]
    told = {"rows": len(table.rows), "columns": columns, "lines": "\n".join(lines)}
    return texts.table.format(name=source.name, **told).strip()
