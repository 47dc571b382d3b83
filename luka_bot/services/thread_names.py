"""Names of threads: one line that can be seen and read."""

import re
import unicodedata

from luka_bot.models.errors import NameInvalid
from luka_bot.models.thread import NAME_LIMIT

_ZWNJ, _ZWJ, _TEXT_STYLE, _EMOJI_STYLE = "\u200c", "\u200d", "\ufe0e", "\ufe0f"
_STYLES = {_TEXT_STYLE, _EMOJI_STYLE}
_JOINERS = {_ZWNJ, _ZWJ}
_SYMBOLS = {"So", "Sm", "Sk", "Cn"}  # emoji, arrows, skin tones, emoji younger than this Python
_STYLED = {*_SYMBOLS, "Nd", "Po", "Pd"}  # digits become keycaps; !! and the wavy dash are emoji
_CASELESS = {"Lo", "Mn", "Mc"}  # letters of Persian, Hindi and their kin, and their marks
_BLANK_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"  # letters to Unicode, nothing to the eye


def clean_name(name: str) -> str:
    """Nothing invisible is left but what shapes its neighbours, such as a family emoji's joiners.

    1 to 64 characters. Raises NameInvalid.
    """
    spaced = re.sub(r"\s+", " ", name)
    seen = _placed("".join(char for char in spaced if char in _JOINERS or _visible(char)))
    clean = re.sub(r" +", " ", seen).strip()
    if not 1 <= len(clean) <= NAME_LIMIT or all(_is_mark(char) for char in clean):
        raise NameInvalid(NAME_LIMIT)
    return clean


def _visible(char: str) -> bool:
    """Neither control nor format (bidi, zero-width) nor half a character nor a blank letter."""
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs"} and char not in _BLANK_LETTERS


def _is_mark(char: str) -> bool:
    """Nothing by itself."""
    return char == " " or unicodedata.category(char) in {"Mn", "Me"}


def _placed(text: str) -> str:
    """Without the joiners and styles that shape nothing where they stand."""
    kept = ""
    for char, after in zip(text, text[1:] + " ", strict=False):
        before = kept[-1:] or " "
        if char in _JOINERS and not _joins(char, before, after):
            continue
        if char in _STYLES and not _styles(before):
            continue
        kept += char
    return kept


def _joins(joiner: str, before: str, after: str) -> bool:
    kinds = unicodedata.category(before), unicodedata.category(after)
    if before not in _STYLES and after not in _STYLES and _CASELESS.issuperset(kinds):
        return True
    emoji = before == _EMOJI_STYLE or kinds[0] in _SYMBOLS
    return joiner == _ZWJ and emoji and kinds[1] in _SYMBOLS


def _styles(before: str) -> bool:
    return before == "ℹ" or unicodedata.category(before) in _STYLED
