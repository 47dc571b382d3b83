"""A table from the text of a CSV file."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

SEPARATORS = ",;\t|"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]

    def column(self, words: str) -> str | None:
        """The first whose name has one of the words, a pattern, in it."""
        pattern = re.compile(words, re.IGNORECASE)
        return next((name for name in self.columns if pattern.search(name)), None)


def table_in(text: str) -> Table | None:
    """None if it has no header with rows below."""
    lines = list(csv.reader(io.StringIO(text.strip()), delimiter=separator_in(text)))
    if len(lines) < 2:
        return None
    columns = tuple(name.strip().lstrip("\ufeff") for name in lines[0])
    rows = tuple(dict(zip(columns, _stripped(line), strict=False)) for line in lines[1:] if line)
    return Table(columns, rows)


def separator_in(text: str) -> str:
    first = text.strip().partition("\n")[0]
    return max(SEPARATORS, key=first.count)


def number(text: str) -> float | None:
    """As people write it: 1,234.50 or 1 234,50, with a currency or not."""
    plain = re.sub(r"[^\d.,-]", "", text)
    if "," in plain and "." in plain:
        plain = plain.replace("," if plain.rindex(".") > plain.rindex(",") else ".", "")
    elif re.search(r",\d{3}(?!\d)", plain):
        plain = plain.replace(",", "")
    plain = plain.replace(",", ".")
    return float(plain) if NUMBER.fullmatch(plain) else None


def _stripped(line: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in line]
