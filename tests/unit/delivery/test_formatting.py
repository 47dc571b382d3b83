"""Nothing that a model says gets lost on its way to the screen."""

import pytest
from hypothesis import given, settings

from luka_bot.delivery.formatting import render
from luka_bot.delivery.rendered import utf16_len
from tests.unit.delivery.markdown_made_up import lost, markdowns, styled


@given(markdowns)
@settings(max_examples=200, deadline=None)
def test_no_letter_is_lost_whatever_the_markdown(markdown: str) -> None:
    assert not lost(markdown, render(markdown))


@given(markdowns)
@settings(max_examples=200, deadline=None)
def test_entities_lie_inside_the_text_and_code_is_styled_by_nothing_else(markdown: str) -> None:
    rendered = render(markdown)

    code = [one for one in rendered.entities if one.kind in {"code", "pre"}]
    styles = [one for one in rendered.entities if one.kind in {"bold", "italic", "underline"}]
    assert all(0 <= one.offset < one.end <= utf16_len(rendered.text) for one in rendered.entities)
    assert not [(a, b) for a in code for b in styles if a.offset < b.end and b.offset < a.end]


@pytest.mark.parametrize(
    "said",
    [
        "Use List<String> and Map<K, V>",
        "<script>alert(1)</script>",
        "before </think>after",
        "a <std::string> b",
        "if a || b || c",
        "handlers[name](event)",
        "[config](src/config.py)",
        "[x](javascript:alert)",
        "$HOME/$PATH costs $5 or $6",
        "[^1]: a footnote",
        "[name]: https://example.org",
    ],
)
def test_what_only_looks_like_markup_is_shown_as_written(said: str) -> None:
    rendered = render(said)

    assert (rendered.text, rendered.entities) == (said, ())


def test_html_around_markdown_is_shown_and_the_markdown_still_styled() -> None:
    rendered = render("<details>\n**bold** and `x<y>`\n</details>")

    assert rendered.text == "<details>\nbold and x<y>\n</details>"
    assert styled(rendered, "bold") == ["bold"]
    assert styled(rendered, "code") == ["x<y>"]


def test_offsets_count_utf16_units_after_emoji() -> None:
    assert styled(render("👩‍👩‍👧‍👦 and 🇩🇪 **bold** text"), "bold") == ["bold"]


def test_code_keeps_its_language_and_every_character() -> None:
    rendered = render("```python title=x\nif a || b < c: # **no** \\(x\\)\n    pass\n```")

    assert rendered.text == "if a || b < c: # **no** \\(x\\)\n    pass"
    assert [(one.kind, one.language) for one in rendered.entities] == [("pre", "python")]


def test_a_heading_is_bold_with_one_blank_line_around_it() -> None:
    rendered = render("Before\n\n\n\n# Head\n\n\n\n## Next\n\ntext")

    assert rendered.text == "Before\n\nHead\n\nNext\n\ntext"
    assert [one.kind for one in rendered.entities] == ["bold", "bold"]


def test_links_go_to_the_web_or_to_mail_only() -> None:
    rendered = render(
        "[a](https://example.org) [b](mailto:a@example.org) [c](tg://resolve?domain=x) [d](file:///x)"
    )

    assert styled(rendered, "text_link") == ["a", "b"]
    assert "[c](tg://resolve?domain=x) [d](file:///x)" in rendered.text


def test_a_remote_image_becomes_a_link() -> None:
    rendered = render("![A cat](https://example.org/cat.png) ![](https://example.org/dog.png)")

    assert rendered.text == "🖼 A cat 🖼"
    assert [one.url for one in rendered.entities] == [
        "https://example.org/cat.png",
        "https://example.org/dog.png",
    ]


def test_math_is_readable_and_broken_math_is_shown_as_written() -> None:
    rendered = render("Half is \\(\\frac{1}{2}\\), and $\\color{red}{x_1}$")

    assert rendered.text == "Half is ½, and \\color{red}{x_1}"


def test_broken_characters_do_not_stop_the_answer() -> None:
    assert (
        render("a\ud83d b\x00 c\r\nd").text
        == "a\N{REPLACEMENT CHARACTER} b\N{REPLACEMENT CHARACTER} c\nd"
    )
