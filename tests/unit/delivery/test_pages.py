"""A full page never changes again, however the answer goes on."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from luka_bot.delivery.formatting import render
from luka_bot.delivery.pages import Pages
from luka_bot.delivery.rendered import NOTHING, Entity, Rendered, utf16_len
from tests.unit.delivery.markdown_made_up import lost, markdowns, styled

sizes = st.integers(60, 300)
aboves = st.sampled_from(
    [NOTHING, Rendered("💭 Hm, let me see.", (Entity("expandable_blockquote", 0, 18),))]
)


@given(markdowns, sizes, aboves)
@example("word " * 14 + "and costs $*1", 82, NOTHING)  # unclosed, it is a character longer
@example(
    "word " * 9 + "```py\nx = [1] < 2\n```\n", 60, NOTHING
)  # cut where a line would become a fence
@settings(max_examples=100, deadline=None)
def test_pages_fit_and_hold_everything(markdown: str, size: int, above: Rendered) -> None:
    pages = Pages(size, above).final(markdown)

    assert not lost(markdown, *pages)
    assert all(utf16_len(page.text) <= size and len(page.entities) <= 100 for page in pages)
    assert "".join(page.text for page in pages).startswith(above.text)


@given(markdowns, sizes, aboves, st.integers(1, 40))
@example(
    "\n\n" + "**bold** " * 3 + "- item\n| a | b |\n|---|---|\n" + f"| 1 | {'w' * 60} |\n",
    60,
    NOTHING,
    1,
)
@settings(max_examples=100, deadline=None)
def test_a_full_page_never_changes_while_the_answer_grows(
    markdown: str, size: int, above: Rendered, step: int
) -> None:
    pages = Pages(size, above)
    full: tuple[object, ...] = ()
    for end in range(step, len(markdown) + step, step):
        now = pages.growing(markdown[:end])[: pages.full]
        assert now[: len(full)] == full
        full = now

    final = pages.final(markdown)
    assert final[: len(full)] == full
    assert not lost(markdown, *final)


def test_a_long_code_block_goes_on_as_code_in_the_same_language() -> None:
    code = "".join(f"print({number})\n" for number in range(100))

    pages = Pages(300).final(f"Look:\n\n```py\n{code}```\n\n**Done.**")

    blocks = [one for page in pages for one in page.entities if one.kind == "pre"]
    assert "\n".join(part for page in pages for part in styled(page, "pre")) == code.strip()
    assert {one.language for one in blocks} == {"py"}
    assert styled(pages[-1], "bold") == ["Done."]


def test_code_in_a_quote_goes_on_in_a_quote() -> None:
    pages = Pages(200).final("> ```py\n" + "> print(1)\n" * 60 + "> ```\n\nafter")

    assert all(styled(page, "blockquote") for page in pages)
    assert ">" not in "".join(page.text for page in pages)
    assert pages[-1].text.endswith("after")


def test_a_long_table_repeats_its_head() -> None:
    rows = "".join(f"| row {number} | {number} |\n" for number in range(60))

    pages = Pages(300).final(f"| Name | Number |\n|---|---|\n{rows}")

    assert len(pages) > 2
    assert all(page.text.startswith("Name") for page in pages)
    assert "row 59" in pages[-1].text


def test_bold_that_is_cut_goes_on_bold() -> None:
    first, second = Pages(300).final("**" + "word " * 90 + "end** plain")

    assert styled(first, "bold") == [first.text]
    assert styled(second, "bold") == [second.text.removesuffix(" plain")]


def test_a_page_ends_before_a_code_block_rather_than_in_it() -> None:
    pages = Pages(300).final("word " * 40 + "\n\n```\n" + "x = 1\n" * 30 + "```")

    assert [len(page.entities) for page in pages] == [0, 1]


def test_nested_lists_stay_lists_on_the_next_page() -> None:
    pages = Pages(200).final("- top\n" + "    - inner item\n" * 40)

    assert all(line.strip()[0] == "•" for page in pages for line in page.text.splitlines())


@pytest.mark.parametrize(
    "lead", ["## Chapter 12", "**Chapter 12**", "The steps are:", "# 12\n\n## 1"]
)
def test_a_heading_goes_to_the_next_page_with_what_follows(lead: str) -> None:
    above = "\n\n".join(["word " * 20] * 2)

    first, second = Pages(300).final(f"{above}\n\n{lead}\n\n" + "- follows\n" * 14)

    assert first.text.endswith("word")
    assert second.text.startswith(render(lead).text)


def test_a_heading_above_a_long_paragraph_stays_with_its_first_words() -> None:
    first, _ = Pages(300).final("# Chapter 12\n\n" + "word " * 80)

    assert first.text.startswith("Chapter 12\n\nword word")
