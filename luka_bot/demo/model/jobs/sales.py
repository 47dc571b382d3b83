"""What a table of sales says: totals by product and by month."""

import re
from collections import defaultdict
from dataclasses import dataclass

from luka_bot.demo.model.jobs.tables import Table, number

PRODUCT = r"product|item|article|товар|продукт|наименование"
REVENUE = r"revenue|sales|amount|total|turnover|выручк|сумма|оборот|продаж"
QUANTITY = r"quantity|units|qty|количеств|штук"
PRICE = r"price|цена"
DATE = r"date|month|day|дата|месяц"
COUNT = "rows_in_one"  # a column of our own, where rows were put together
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})")
DAY_FIRST = re.compile(r"\d{1,2}\.(\d{1,2})\.(\d{4})")


@dataclass(frozen=True, slots=True)
class Sales:
    """products: the best first. months: such as 2025-03, in their order. skipped: rows without a
    figure."""

    products: dict[str, float]
    months: dict[str, float]
    rows: int
    skipped: int

    @property
    def total(self) -> float:
        return sum(self.products.values())


def sales_in(table: Table) -> Sales | None:
    """None if it isn't about sales."""
    product, date = table.column(PRODUCT), table.column(DATE)
    if product is None or value_column(table) is None:
        return None
    products: dict[str, float] = defaultdict(float)
    months: dict[str, float] = defaultdict(float)
    skipped = 0
    for row in table.rows:
        revenue = revenue_in(table, row)
        if revenue is None:
            skipped += 1
            continue
        products[row.get(product, "")] += revenue
        if month := month_in(row.get(date, "") if date else ""):
            months[month] += revenue
    best = dict(sorted(products.items(), key=lambda item: -item[1]))
    rows = sum(int(row.get(COUNT) or 1) for row in table.rows)
    return Sales(best, dict(sorted(months.items())), rows, skipped)


def value_column(table: Table) -> str | None:
    return table.column(REVENUE) or table.column(PRICE)


def revenue_in(table: Table, row: dict[str, str]) -> float | None:
    value = number(row.get(value_column(table) or "", ""))
    if table.column(REVENUE):
        return value
    quantity = table.column(QUANTITY)
    times = number(row.get(quantity, "")) if quantity else 1.0
    return None if times is None or value is None else times * value


def month_in(date: str) -> str:
    if found := YEAR_FIRST.search(date):
        return f"{found[1]}-{int(found[2]):02}"
    if found := DAY_FIRST.search(date):
        return f"{found[2]}-{int(found[1]):02}"
    return ""
