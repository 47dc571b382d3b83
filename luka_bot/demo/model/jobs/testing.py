"""Tests for a script: what its syntax tree allows to promise, without running it."""

import ast
import re
from collections.abc import Iterator

HEAD = '''\
"""Tests of {name}, by luka's scripted demo model. Run: python -m pytest {test}"""

import importlib.util
import inspect
from pathlib import Path

SPEC = importlib.util.spec_from_file_location("script", Path(__file__).with_name("{name}"))
script = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(script)
'''
CALLABLE = """\
def test_{name}_can_be_called_with_{count}():
    inspect.signature(script.{name}).bind({given})
"""
FRESH = """\
def test_{name}_shares_no_default_between_calls():
    defaults = [one.default for one in inspect.signature(script.{name}).parameters.values()]
    assert not any(isinstance(one, (list, dict, set)) for one in defaults)
"""
EMPTY = """\
def test_{name}_of_nothing_is_zero():
    assert script.{name}([]) == 0
"""


def tests_for(name: str, source: str) -> tuple[str, str]:
    """A file's name and its text. Raises SyntaxError for what is no Python."""
    test = f"test_{name}"
    functions = [one for one in ast.parse(source).body if isinstance(one, ast.FunctionDef)]
    tests = [test for function in functions for test in _tests(function)]
    return test, "\n\n".join([HEAD.format(name=name, test=test), *tests])


def _tests(function: ast.FunctionDef) -> Iterator[str]:
    name, given = function.name, function.args
    needed = len(given.posonlyargs) + len(given.args) - len(given.defaults)
    if not given.kwonlyargs:
        count = f"{needed}_argument{'' if needed == 1 else 's'}"
        yield CALLABLE.format(name=name, count=count, given=", ".join(["None"] * needed))
    if given.defaults:
        yield FRESH.format(name=name)
    if needed == 1 and _is_zero_of_nothing(function):
        yield EMPTY.format(name=name)


def _is_zero_of_nothing(function: ast.FunctionDef) -> bool:
    """Nothing but a mean that is guarded."""
    first = [*function.args.posonlyargs, *function.args.args][0].arg
    body = [one for one in function.body if not isinstance(one, ast.Expr)]
    told = ast.unparse(body[-1]) if len(body) == 1 else ""
    return (
        re.fullmatch(rf"return \(?sum\({first}\) / len\({first}\) if {first} else 0\)?", told)
        is not None
    )
