"""Which methods there are: a decorator puts a function under its Bot API name."""

from collections.abc import Callable

from luka_bot.demo.telegram.params import Params
from luka_bot.demo.telegram.world import World

Method = Callable[[World, Params], object]
"""Returns the result as JSON, or an awaitable of it; raises Refusal."""

_METHODS: dict[str, Method] = {}


def method(name: str) -> Callable[[Method], Method]:
    def put(function: Method) -> Method:
        _METHODS[name.lower()] = function
        return function

    return put


def find_method(name: str) -> Method | None:
    """Telegram minds no case in the names of methods."""
    return _METHODS.get(name.lower())


def method_names() -> list[str]:
    """In lower case."""
    return list(_METHODS)
