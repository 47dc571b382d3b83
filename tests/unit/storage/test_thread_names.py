"""Names of threads: one line that can be seen."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luka_bot.models.errors import NameInvalid
from luka_bot.services.thread_names import clean_name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Holidays ", "Holidays"),
        ("two\nlines\t and   gaps", "two lines and gaps"),
        ("bell\x07 and null\x00", "bell and null"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("half \ud83d", "half"),
        ("Отпуск 🏖️", "Отпуск 🏖️"),
        ("👨\u200d👩\u200d👧\u200d👦 at home", "👨\u200d👩\u200d👧\u200d👦 at home"),
        (
            "👩🏽\u200d🚀❤\ufe0f\u200d🔥🙂\u200d↔\ufe0f",
            "👩🏽\u200d🚀❤\ufe0f\u200d🔥🙂\u200d↔\ufe0f",
        ),
        ("1\ufe0f\u20e3 ℹ\ufe0f ‼\ufe0f", "1\ufe0f\u20e3 ℹ\ufe0f ‼\ufe0f"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("\u200d👨 \u200d 👩\u200d\u200d👧\u200d", "👨 👩\u200d👧"),
        ("👨\u202e\u200d👩\u202e", "👨\u200d👩"),
        ("ad\u200cmi\u200dn", "admin"),
        ("\ufe0fa\ufe0fb \ufe0f", "ab"),
        ("❤\ufe0f\ufe0f", "❤\ufe0f"),
        ("<b>bold</b> & *stars*", "<b>bold</b> & *stars*"),
        ("x" * 64, "x" * 64),
    ],
)
def test_a_name_is_kept_as_it_is_seen(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "  ", "\u200b\u2060", "\n\t", "\u3164 \u2800", "\ufe0f", "\u0301", "x" * 65]
)
def test_a_name_nobody_could_see_or_read_is_refused(typed: str) -> None:
    with pytest.raises(NameInvalid):
        clean_name(typed)


SHAPING = st.text(st.sampled_from("a1 👨❤🏽مक्\u200c\u200d\ufe0e\ufe0f\u202e\u3164"), max_size=20)


@given(st.text(max_size=100) | SHAPING)
def test_whatever_is_typed_the_name_is_clean_or_refused(typed: str) -> None:
    try:
        name = clean_name(typed)
    except NameInvalid:
        return
    assert 1 <= len(name) <= 64
    assert name == clean_name(name) == name.strip()
    # characters younger than this Python (new emoji) have no category yet, and stay
    shaping = str.maketrans("", "", "\u200c\u200d")
    plain = name.translate(shaping)
    assert not {unicodedata.category(char) for char in plain} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert plain.strip()
    assert name.strip("\u200c\u200d\ufe0f ")[:1] == name[:1]
