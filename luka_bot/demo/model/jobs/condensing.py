"""A long table of sales made short: one row for each month and product, with the same sums."""

import csv
import io
from collections import defaultdict

from luka_bot.demo.model.jobs.sales import (
    COUNT,
    DATE,
    PRODUCT,
    QUANTITY,
    month_in,
    revenue_in,
    value_column,
)
from luka_bot.demo.model.jobs.tables import Table, separator_in, table_in


def condensed(text: str) -> str:
    """What is no table of sales stays as it is."""
    table = table_in(text)
    product, value = (table.column(PRODUCT), value_column(table)) if table else (None, None)
    if table is None or product is None or value is None:
        return text
    lines = io.StringIO()
    columns = [*(name for name in table.columns if name != COUNT), COUNT]
    writer = csv.DictWriter(
        lines, columns, restval="", delimiter=separator_in(text), lineterminator="\n"
    )
    writer.writeheader()
    date, quantity = table.column(DATE), table.column(QUANTITY)
    for (month, name), (total, count) in _sums(table, product, date).items():
        row = {product: name, value: f"{total:.2f}", COUNT: count}
        row |= {date: month} if date else {}
        row |= {quantity: 1} if quantity else {}
        writer.writerow(row)
    return lines.getvalue()


def _sums(table: Table, product: str, date: str | None) -> dict[tuple[str, str], tuple[float, int]]:
    sums: dict[tuple[str, str], tuple[float, int]] = defaultdict(lambda: (0.0, 0))
    for row in table.rows:
        key = (month_in(row.get(date, "")) if date else "", row.get(product, ""))
        total, count = sums[key]
        sums[key] = total + (revenue_in(table, row) or 0.0), count + int(row.get(COUNT) or 1)
    return sums
