"""A few mistakes that a Python script's syntax tree gives away, and how each is mended."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from luka_bot.demo.model.jobs.edits import Edit, before, over


class Mistake(StrEnum):
    SYNTAX = "syntax"  # it can't even be read
    SHARED_DEFAULT = "shared_default"
    BARE_EXCEPT = "bare_except"
    NONE_BY_VALUE = "none_by_value"
    LITERAL_BY_IDENTITY = "literal_by_identity"
    EMPTY_DIVISION = "empty_division"
    PAST_THE_END = "past_the_end"


@dataclass(frozen=True, slots=True)
class Finding:
    """about: the code that is meant."""

    mistake: Mistake
    line: int
    about: str
    edits: tuple[Edit, ...] = ()


def review(source: str) -> list[Finding]:
    """In the order of the lines."""
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        return [Finding(Mistake.SYNTAX, error.lineno or 1, error.msg)]
    found = [finding for node in ast.walk(tree) for finding in _found(node)]
    return sorted(found, key=lambda finding: finding.line)


def _found(node: ast.AST) -> Iterator[Finding]:
    match node:
        case ast.FunctionDef():
            yield from _shared_defaults(node)
        case ast.ExceptHandler(type=None):
            line, column = node.lineno, node.col_offset
            edit = Edit(line, column, line, column + len("except"), "except Exception")
            yield Finding(Mistake.BARE_EXCEPT, line, "except:", (edit,))
        case ast.Compare(left, [operator], [right]):
            yield from _comparison(node, left, operator, right)
        case ast.BinOp(above, ast.Div(), ast.Call(ast.Name("len"), [ast.Name(name)])):
            mended = f"({ast.unparse(above)} / len({name}) if {name} else 0)"
            yield Finding(
                Mistake.EMPTY_DIVISION, node.lineno, ast.unparse(node), (over(node, mended),)
            )
        case ast.Call(ast.Name("range"), [*_, ast.BinOp() as last]):
            yield from _past_the_end(node, last)


def _past_the_end(node: ast.Call, last: ast.BinOp) -> Iterator[Finding]:
    match last:
        case ast.BinOp(ast.Call(ast.Name("len")) as end, ast.Add(), ast.Constant(1)):
            edit = over(last, ast.unparse(end))
            yield Finding(Mistake.PAST_THE_END, node.lineno, ast.unparse(node), (edit,))


def _shared_defaults(function: ast.FunctionDef) -> Iterator[Finding]:
    given = function.args
    names = [*given.posonlyargs, *given.args]
    pairs = zip(names[len(names) - len(given.defaults) :], given.defaults, strict=True)
    for argument, default in pairs:
        if isinstance(default, ast.List | ast.Dict | ast.Set):
            name, empty = argument.arg, ast.unparse(default)
            guard = before(function.body[0], f"if {name} is None:\n    {name} = {empty}")
            yield Finding(
                Mistake.SHARED_DEFAULT,
                function.lineno,
                f"def {function.name}(… {name}={empty})",
                (over(default, "None"), guard),
            )


def _comparison(
    node: ast.Compare, left: ast.expr, operator: ast.cmpop, right: ast.expr
) -> Iterator[Finding]:
    equal = isinstance(operator, ast.Eq | ast.Is)
    one, other = ast.unparse(left), ast.unparse(right)
    match operator, right:
        case ((ast.Eq() | ast.NotEq()), ast.Constant(None)):
            mended = f"{one} {'is' if equal else 'is not'} None"
            mistake = Mistake.NONE_BY_VALUE
        case ((ast.Is() | ast.IsNot()), ast.Constant(str() | int() | float())) if not isinstance(
            right.value, bool
        ):
            mended = f"{one} {'==' if equal else '!='} {other}"
            mistake = Mistake.LITERAL_BY_IDENTITY
        case _:
            return
    yield Finding(mistake, node.lineno, ast.unparse(node), (over(node, mended),))
