"""A file is a room, a function one thought."""

import ast

from tests.architecture.tree import ROOT, functions, modules, place

FILE_LINES = 250
FUNCTION_LINES = 40
ARGUMENTS = 6


def test_no_file_is_longer_than_a_reader_s_patience() -> None:
    sizes = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in modules("luka_bot", "tests", "bench", "chaos", "docs")
    }

    assert {name: size for name, size in sizes.items() if size > FILE_LINES} == {}


def test_every_function_is_one_thought() -> None:
    sizes = {
        place(path, function): (function.end_lineno or 0) - function.lineno + 1
        for path in modules("luka_bot", "tests", "bench", "chaos", "docs")
        for function in functions(path)
    }

    assert {name: size for name, size in sizes.items() if size > FUNCTION_LINES} == {}


def test_no_function_takes_more_than_one_can_keep_in_mind() -> None:
    counts = {
        place(path, function): _arguments(function)
        for path in modules("luka_bot")
        for function in functions(path)
    }

    assert {name: count for name, count in counts.items() if count > ARGUMENTS} == {}


def _arguments(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    given = function.args
    names = [argument.arg for argument in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return len(names) - (names[:1] in (["self"], ["cls"]))
