"""A place in the line, said so that nobody feels counted in seconds."""

import pytest

from luka_bot.locales import LANGUAGES, words_for
from luka_bot.locales.places import place
from luka_bot.models.events import Waiting


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.0, "."),
        (0.2, ", about 5 s."),
        (5.1, ", about 10 s."),
        (33.0, ", about 40 s."),
        (50.5, ", about 1 min."),
        (130.0, ", about 3 min."),
        (3100.0, ", about 1 h."),
        (4000.0, ", about 2 h."),
    ],
)
def test_the_wait_is_rounded_up_as_people_do(seconds: float, said: str) -> None:
    sentence = place(words_for("en"), Waiting(3, seconds))

    assert sentence == f"⏳ You're number 3 in line{said}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_next_and_who_is_called_hears_no_number(language: str) -> None:
    words = words_for(language)

    for waiting in (Waiting(1), Waiting(0)):
        assert not any(sign.isdigit() for sign in place(words, waiting))


def test_in_russian_it_fits_everybody() -> None:
    words = words_for("ru")

    assert place(words, Waiting(3, 33)) == "⏳ Ваше место в очереди: 3, ждать примерно 40 с."
    assert place(words, Waiting(1, 4)) == "⏳ Скоро подойдёт ваша очередь, ждать примерно 5 с."
