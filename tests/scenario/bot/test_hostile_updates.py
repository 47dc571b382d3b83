"""Whatever an update holds, the next person is answered."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from luka_bot.demo.telegram import Person
from tests.luka import Luka
from tests.scenario.bot.talking import ask

MESSAGE: dict[str, Any] = {
    "message": {
        "message_id": 900,
        "date": 1700000000,
        "chat": {"id": 66, "type": "private", "first_name": "Mallory"},
        "from": {"id": 66, "is_bot": False, "first_name": "Mallory", "language_code": "en"},
        "text": "Hi!",
        "entities": [{"type": "bold", "offset": 0, "length": 2}],
    }
}
TAP: dict[str, Any] = {
    "callback_query": {
        "id": "1",
        "from": {"id": 66, "is_bot": False, "first_name": "Mallory"},
        "chat_instance": "1",
        "message": MESSAGE["message"],
        "data": "thread_select:" + "0" * 32,
    }
}
STRANGE: list[Any] = [None, "", "x" * 5000, -1, 2**63, 1.5, True, [], {}, [None], {"id": None}]


def places(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict | list):
        keys = value.keys() if isinstance(value, dict) else range(len(value))
        for key in keys:
            yield (*path, key)
            yield from places(value[key], (*path, key))


def with_strange(update: dict[str, Any], path: tuple[Any, ...], strange: object) -> dict[str, Any]:
    spoiled = copy.deepcopy(update)
    parent: Any = spoiled
    for key in path[:-1]:
        parent = parent[key]
    parent[path[-1]] = strange
    return spoiled


@pytest.mark.parametrize("update", [MESSAGE, TAP], ids=["message", "tap"])
async def test_every_field_may_hold_anything(
    luka: Luka, anna: Person, update: dict[str, Any]
) -> None:
    for path in places(update):
        for strange in STRANGE:
            luka.telegram.inject(with_strange(update, path, strange))

    answer = await ask(luka, anna, "Are you still there?")

    assert answer.text == "Hello there."


async def test_unknown_kinds_of_updates_are_passed_over(luka: Luka, anna: Person) -> None:
    strangers: list[dict[str, Any]] = [
        {"hologram": {"chat": {"id": 7}}},
        {},
        {"message": None},
        {"poll": {"id": 1}},
    ]
    for raw in strangers:
        luka.telegram.inject(raw)

    answer = await ask(luka, anna, "Are you still there?")

    assert answer.text == "Hello there."


async def test_the_same_update_twice_is_answered_once(luka: Luka, anna: Person) -> None:
    await ask(luka, anna, "Hi!")

    luka.telegram.redeliver()

    await ask(luka, anna, "And now?", answer="Now too.")
    assert luka.telegram.said(7) == ["Hello there.", "Now too."]
