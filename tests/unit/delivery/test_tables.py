"""A table can be read on a phone."""

from luka_bot.delivery.formatting import render
from tests.unit.delivery.markdown_made_up import styled

WIDE = (
    "| Name | What it does |\n|---|---|\n"
    "| `alpha` | Starts everything and keeps it running for ever |\n"
    "| beta | - stops\\|ends it |\n"
)


def test_a_narrow_table_is_aligned_also_with_wide_letters() -> None:
    rendered = render("| Name | 价格 |\n|---|---|\n| tea | 好 |\n| `x\\|y` | 1 |")

    assert rendered.text == "Name │ 价格\n─────┼─────\ntea  │ 好\nx|y  │ 1"
    assert styled(rendered, "pre") == [rendered.text]


def test_a_wide_table_becomes_a_block_for_each_row() -> None:
    rendered = render(WIDE)

    assert rendered.text == (
        "Name: alpha\nWhat it does: Starts everything and keeps it running for ever\n\n"
        "Name: beta\nWhat it does: - stops|ends it"
    )
    assert styled(rendered, "bold") == ["Name:", "Name:"]
    assert styled(rendered, "code") == ["alpha"]


def test_links_in_a_table_stay_links() -> None:
    rendered = render("| a | b |\n|---|---|\n| [x](https://example.org) | 1 |")

    assert styled(rendered, "text_link") == ["x"]


def test_cells_beyond_the_header_are_not_lost() -> None:
    assert render("| a |\n|---|\n| 1 | 2 |").text == "a │\n──┼──\n1 │ 2"


def test_a_table_in_a_quote_stays_in_it() -> None:
    rendered = render("> | a | b |\n> |---|---|\n> | 1 | 2 |\n\nafter")

    assert styled(rendered, "blockquote") == ["a │ b\n──┼──\n1 │ 2"]
    assert rendered.text.endswith("\n\nafter")


def test_empty_cells_are_no_spoiler() -> None:
    assert render("| a | b | c |\n|---|---|---|\n| 1 || 3 |").text.endswith("1 │   │ 3")
