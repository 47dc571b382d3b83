"""Texts are parsed, checked and trimmed as Telegram does it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luka_bot.demo.telegram import utf16
from luka_bot.demo.telegram.body import composed, composed_caption, composed_text, typed
from luka_bot.demo.telegram.refusal import BadRequest

Span = dict[str, object]


def bold(offset: int, length: int) -> Span:
    return {"type": "bold", "offset": offset, "length": length}


def found(text: str, mode: str | None = None, entities: list[Span] | None = None) -> list[str]:
    """Entities as `kind:covered text`."""
    body = composed_text(text, mode, entities)
    return [f"{e.kind}:{utf16.cut(body.text, e.offset, e.length)}" for e in body.entities]


def refusal(text: str | None, mode: str | None = None, entities: object = None) -> str:
    with pytest.raises(BadRequest) as refused:
        composed_text(text, mode, entities)
    return refused.value.description


def test_a_text_of_4096_utf16_units_passes_and_one_more_does_not() -> None:
    assert len(composed_text("😀" * 2048, None, None).text) == 2048
    assert refusal("😀" * 2048 + "x") == "Bad Request: message is too long"


def test_length_is_measured_after_parsing() -> None:
    assert composed_text(f"<b>{'x' * 4096}</b>", "HTML", None).text == "x" * 4096


def test_raw_text_over_32_kib_is_refused_before_parsing() -> None:
    assert refusal("x" * 32769) == "Bad Request: text is too long"


@pytest.mark.parametrize("nothing", [None, ""])
def test_no_text_is_refused(nothing: str | None) -> None:
    assert refusal(nothing) == "Bad Request: message text is empty"


@pytest.mark.parametrize(("text", "mode"), [(" \n\t ", None), ("<b> </b>", "HTML")])
def test_blank_text_is_refused(text: str, mode: str | None) -> None:
    assert refusal(text, mode) == "Bad Request: text must be non-empty"


def test_a_half_character_is_refused() -> None:
    assert refusal("\ud83d") == "Bad Request: strings must be encoded in UTF-8"


def test_a_caption_may_be_empty_but_not_longer_than_1024() -> None:
    assert composed_caption(None, None, None).text == ""
    with pytest.raises(BadRequest, match="message caption is too long"):
        composed_caption("x" * 1025, None, None)


def test_outer_whitespace_goes_and_entities_move_along() -> None:
    assert composed_text(" \n a b \n", None, [bold(5, 1)]).text == "a b"
    assert found(" \n a b \n", entities=[bold(5, 3)]) == ["bold:b"]


def test_carriage_returns_go_and_control_characters_become_spaces() -> None:
    assert composed_text("a\r\nb\tc", None, None).text == "a\nb c"
    assert found("a\r\nb\tc", entities=[bold(3, 3)]) == ["bold:b c"]


def test_html_becomes_entities() -> None:
    html = '<b>b <i>bi</i></b> &lt;&#65;&gt; <a href="https://x.org/?a&amp;b">l</a> 😀<s>s</s>'
    assert found(html, "HTML") == [
        "bold:b bi",
        "italic:bi",
        "text_link:l",
        "strikethrough:s",
    ]
    assert composed_text(html, "HTML", None).text == "b bi <A> l 😀s"


def test_code_in_pre_names_the_language() -> None:
    body = composed_text('<pre><code class="language-python">x</code></pre>', "html", None)
    assert [one.json() for one in body.entities] == [
        {"type": "pre", "offset": 0, "length": 1, "language": "python"}
    ]


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<div>x</div>", 'Unsupported start tag "div" at byte offset 0'),
        ("я <b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("я <b", "Unclosed start tag at byte offset 3"),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_broken_html_is_refused_in_telegrams_words(html: str, words: str) -> None:
    assert refusal(html, "HTML") == f"Bad Request: can't parse entities: {words}"


@pytest.mark.parametrize(
    "entities",
    [
        [{"type": "shiny", "offset": 0, "length": 1}],
        [{"type": "bold", "length": 1}],
        [bold(0, 6)],
        [bold(-1, 2)],
        [bold(1, 2)],  # begins inside of the emoji
        [bold(0, 1)],  # ends inside of it
        [bold(0, 4), {"type": "italic", "offset": 3, "length": 2}],  # crossing
        [{"type": "text_link", "offset": 0, "length": 2}],
        "bold",
    ],
)
def test_impossible_entities_are_refused(entities: object) -> None:
    assert refusal("😀abc", entities=entities).startswith("Bad Request: can't parse entities: ")


def test_only_the_first_hundred_entities_count() -> None:
    spans = [bold(at, 1) for at in range(0, 300, 2)]
    assert len(composed_text("x " * 150, None, spans).entities) == 100


def test_styles_part_around_code() -> None:
    code: Span = {"type": "code", "offset": 2, "length": 1}
    assert found("a b c", entities=[bold(0, 5), code]) == ["bold:a ", "code:b", "bold: c"]


def test_commands_mentions_and_links_are_found_by_themselves() -> None:
    body = typed("/start@luka_bot see https://x.org/a?b. and @anna or a@b.org, #tag 1/2")
    kinds = [(e.kind, utf16.cut(body.text, e.offset, e.length)) for e in body.entities]
    assert kinds == [
        ("bot_command", "/start@luka_bot"),
        ("url", "https://x.org/a?b"),
        ("mention", "@anna"),
        ("email", "a@b.org"),
        ("hashtag", "#tag"),
    ]


def test_nothing_is_found_inside_code() -> None:
    assert found("<code>/start</code>", "HTML") == ["code:/start"]


@given(st.text(), st.data())
def test_an_entity_keeps_its_words_through_trimming(text: str, data: st.DataObject) -> None:
    size = len(text)
    start = data.draw(st.integers(0, size))
    end = data.draw(st.integers(start, size))
    offset, length = utf16.length(text[:start]), utf16.length(text[start:end])
    if len(text.encode(errors="replace")) > 32768 or any("\ud800" <= c <= "\udfff" for c in text):
        return
    body = composed(text, None, [bold(offset, length)])
    for entity in body.entities:
        covered = utf16.cut(body.text, entity.offset, entity.length)
        assert entity.kind != "bold" or covered.strip() in body.text
        assert entity.end <= utf16.length(body.text)
