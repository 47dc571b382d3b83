"""The same sentence in the person's language."""

import pytest

from luka_bot.locales import LANGUAGES, words_for


@pytest.mark.parametrize(
    ("code", "language"),
    [("ru", "ru"), ("ru-RU", "ru"), ("EN", "en"), ("pt-br", "en"), ("", "en"), (None, "en")],
)
def test_a_language_we_do_not_speak_becomes_english(code: str | None, language: str) -> None:
    assert words_for(code).language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_key_is_an_error_and_never_shown(language: str) -> None:
    words = words_for(language)

    for ask in (words, words.html):
        with pytest.raises(KeyError):
            ask("no.such.key")
    with pytest.raises(KeyError):
        words.count("no.such.key", 2)


def test_values_can_not_bring_tags_into_html() -> None:
    text = words_for("en").html("start.welcome", name="<b>Anna</b> & {name}")

    assert "&lt;b&gt;Anna&lt;/b&gt; &amp; {name}" in text
    assert "<b>luka</b>" in text


def test_plain_words_leave_values_as_they_are() -> None:
    assert "<3" in words_for("en")("start.welcome", name="<3")


def test_russian_has_three_plural_forms() -> None:
    words = words_for("ru")

    forms = {number: words.count("chats.header", number) for number in (1, 2, 5, 11, 21, 22, 25)}

    shapes = {number: text.replace(str(number), "N") for number, text in forms.items()}
    assert shapes[1] == shapes[21]
    assert shapes[2] == shapes[22]
    assert shapes[5] == shapes[11] == shapes[25]
    assert len(set(shapes.values())) == 3
