"""Text is cut where a reader would pause, and its styles are cut with it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luka_bot.delivery.formatting import render
from luka_bot.delivery.rendered import Entity, Rendered, utf16_len
from luka_bot.delivery.split import split
from tests.unit.delivery.markdown_made_up import lost, markdowns, styled


@given(markdowns, st.integers(20, 200))
@settings(max_examples=200, deadline=None)
def test_parts_fit_and_hold_everything(markdown: str, size: int) -> None:
    rendered = render(markdown)

    parts = split(rendered, size)

    assert not lost(rendered.text, *parts)
    assert all(utf16_len(part.text) <= size and len(part.entities) <= 100 for part in parts)


def test_a_paragraph_is_a_better_end_than_a_line_and_a_line_than_a_word() -> None:
    first, second = "a" * 30 + "\n\n", "b b\nb. b " * 3

    assert [part.text for part in split(Rendered(first + second), 50)] == [
        "a" * 30,
        second.strip(),
    ]


def test_a_code_block_is_closed_and_opened_again_with_its_language() -> None:
    parts = split(render("```py\n" + "print(1)\n" * 20 + "```"), 100)

    assert len(parts) == 2
    assert [one.language for part in parts for one in part.entities] == ["py", "py"]
    assert [styled(part, "pre") for part in parts] == [[part.text] for part in parts]


def test_a_hundred_entities_are_enough_for_one_message() -> None:
    many = Rendered("x " * 250, tuple(Entity("bold", n * 2, 1) for n in range(250)))

    assert [len(part.entities) for part in split(many)] == [100, 100, 50]


@pytest.mark.parametrize("cluster", ["👩‍👩‍👧‍👦", "🇩🇪", "👍🏽", "e\u0301", "1\ufe0f\u20e3"])
def test_emoji_flags_and_letters_with_marks_are_not_torn_apart(cluster: str) -> None:
    parts = split(Rendered(cluster * 60), 49)

    assert len(parts) > 1
    assert all(part.text == cluster * (len(part.text) // len(cluster)) for part in parts)
