"""A growing answer looks as it will look; no marker shows for a moment."""

import pytest

from luka_bot.delivery.formatting import render
from luka_bot.delivery.half_open import presentable, whole
from luka_bot.delivery.rendered import Rendered
from tests.unit.delivery.markdown_made_up import styled


def seen(markdown: str) -> Rendered:
    return render(presentable(markdown))


@pytest.mark.parametrize(
    ("half", "text", "kind", "stretch"),
    [
        ("so **very imp", "so very imp", "bold", "very imp"),
        ("so **very important*", "so very important", "bold", "very important"),
        ("so *very", "so very", "italic", "very"),
        ("so ~~ver", "so ver", "strikethrough", "ver"),
        ("call `pri", "call pri", "code", "pri"),
        ("**bold and *both", "bold and both", "italic", "both"),
        ("```py\nx = 1\n``", "x = 1", "pre", "x = 1"),
        ("> **quo", "quo", "bold", "quo"),
    ],
)
def test_what_is_open_is_closed(half: str, text: str, kind: str, stretch: str) -> None:
    rendered = seen(half)

    assert rendered.text == text
    assert styled(rendered, kind) == [stretch]


@pytest.mark.parametrize(
    ("half", "text"),
    [
        ("read [the docs](https://exa", "read the docs"),
        ("read [the do", "read the do"),
        ("so **", "so"),
        ("Items:\n-", "Items:"),
        ("Items:\n1.", "Items:"),
        ("Items\n==", "Items"),
        ("Look:\n\n| Name | Pri", "Look:"),
        ("Look:\n\n| Name | Price |\n|---|--", "Look:"),
        ("text\n\n``", "text"),
        ("2 * 3 is snake_case and 5*3", "2 * 3 is snake_case and 5*3"),
        ("done **well**", "done well"),
    ],
)
def test_a_beginning_that_nobody_can_read_yet_waits(half: str, text: str) -> None:
    assert seen(half).text == text


def test_closing_takes_no_text_away() -> None:
    assert whole("a **b [c](d") == "a **b [c](d**"
