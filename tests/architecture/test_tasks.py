"""Who starts tasks, and who waits for how long."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import modules, place, syntax

WAITING = "waiting.py"  # tests/waiting.py polls, so it has to pause


def test_background_is_the_only_owner_of_tasks() -> None:
    """A TaskGroup's own tasks end with its block, so they need no owner."""
    started = [
        place(path, call)
        for path in modules("luka_bot")
        if path.name != "background.py"
        for call in _calls(path, {"create_task", "ensure_future"})
        if _receiver(call) not in _task_groups(path)
    ]

    assert started == []


def test_no_test_waits_for_time_to_pass() -> None:
    """`asyncio.sleep(0)` lets others run and passes no time."""
    slept = [
        place(path, call)
        for path in modules("tests")
        if path.name != WAITING
        for call in _calls(path, {"sleep"})
        if [getattr(argument, "value", None) for argument in call.args] != [0]
    ]

    assert slept == []


def _calls(path: Path, names: set[str]) -> Iterator[ast.Call]:
    for node in ast.walk(syntax(path)):
        match node:
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)) if name in names:
                yield node


def _receiver(call: ast.Call) -> str:
    return ast.unparse(call.func.value) if isinstance(call.func, ast.Attribute) else ""


def _task_groups(path: Path) -> set[str]:
    """The names that `async with asyncio.TaskGroup() as …` and parameters of that type have."""
    names = set()
    for node in ast.walk(syntax(path)):
        match node:
            case ast.withitem(context_expr=ast.Call() as made, optional_vars=ast.Name(id=name)):
                names |= {name} if ast.unparse(made.func).endswith("TaskGroup") else set()
            case ast.arg(arg=name, annotation=ast.expr() as kind):
                names |= {name} if ast.unparse(kind).endswith("TaskGroup") else set()
    return names
