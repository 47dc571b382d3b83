"""Changes of a source at the places where its syntax tree says they belong."""

import ast
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Lines count from 1, columns are bytes from 0, as Python's trees have them."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


def over(node: ast.expr, text: str) -> Edit:
    """text in the place of node."""
    end_line, end_column = node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
    return Edit(node.lineno, node.col_offset, end_line, end_column, text)


def before(node: ast.stmt, text: str) -> Edit:
    """text, a line, in front of a statement, as deep as that."""
    at = node.lineno, node.col_offset
    indent = " " * node.col_offset
    return Edit(*at, *at, text.replace("\n", f"\n{indent}") + f"\n{indent}")


def edited(source: str, edits: Iterable[Edit]) -> str:
    """Of two that overlap, the later one in the text."""
    lines = [line.encode() for line in source.split("\n")]
    limit = (len(lines) + 1, 0)
    for edit in sorted(edits, reverse=True):
        if (edit.end_line, edit.end_column) > limit:
            continue
        head = lines[edit.line - 1][: edit.column]
        tail = lines[edit.end_line - 1][edit.end_column :]
        lines[edit.line - 1 : edit.end_line] = [head + edit.text.encode() + tail]
        limit = (edit.line, edit.column)
    return b"\n".join(lines).decode()
