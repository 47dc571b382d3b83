"""How what stands behind /invite is read."""

from datetime import timedelta

import pytest

from luka_bot.handlers.admin.wishes import Wish, wish_in


@pytest.mark.parametrize(
    ("text", "uses", "days", "note"),
    [
        ("", 1, 7, ""),
        ("5", 5, 7, ""),
        ("5 30d", 5, 30, ""),
        ("30d", 1, 30, ""),
        ("MANY 1d the choir", None, 1, "the choir"),
        ("Anna's friends", 1, 7, "Anna's friends"),
        ("2 3 kings", 2, 7, "3 kings"),
        ("many", None, 7, ""),
        ("manyfold", 1, 7, "manyfold"),
    ],
)
def test_uses_days_and_a_note_are_read(text: str, uses: int | None, days: int, note: str) -> None:
    assert wish_in(text) == Wish(uses, timedelta(days=days), note)


@pytest.mark.parametrize("text", ["0", "10001", "5 0d", "5 366d", "5 " + "9" * 30 + "d", "x" * 61])
def test_more_than_there_can_be_is_no_wish(text: str) -> None:
    assert wish_in(text) is None
