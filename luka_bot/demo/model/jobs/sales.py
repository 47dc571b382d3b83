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
    if product is None or not (table.column(REVENUE) or table.column(PRICE)):
        return None
    products: dict[str, float] = defaultdict(float)
    months: dict[str, float] = defaultdict(float)
    skipped = 0
    for row in table.rows:
        revenue = _revenue(table, row)
        if revenue is None:
            skipped += 1
            continue
        products[row.get(product, "")] += revenue
        if month := _month(row.get(date, "") if date else ""):
            months[month] += revenue
    best = dict(sorted(products.items(), key=lambda item: -item[1]))
    return Sales(best, dict(sorted(months.items())), len(table.rows), skipped)


def _revenue(table: Table, row: dict[str, str]) -> float | None:
    if column := table.column(REVENUE):
        return number(row.get(column, ""))
    quantity, price = table.column(QUANTITY), table.column(PRICE)
    times = number(row.get(quantity, "")) if quantity else 1.0
    each = number(row.get(price, "")) if price else None
    return None if times is None or each is None else times * each


def _month(date: str) -> str:
    if found := YEAR_FIRST.search(date):
        return f"{found[1]}-{int(found[2]):02}"
    if found := DAY_FIRST.search(date):
        return f"{found[2]}-{int(found[1]):02}"
    return ""
