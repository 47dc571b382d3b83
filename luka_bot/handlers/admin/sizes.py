"""Bytes and how long they take, as people read them."""

from babel.numbers import format_decimal

from luka_bot.locales import Words

_GIGA, _MEGA, _KILO = 1e9, 1e6, 1e3


def size(words: Words, count: float) -> str:
    if 0 < count < _MEGA:
        return words("size.kilobytes", number=_number(words, max(1, count / _KILO), "0"))
    if count < _GIGA / 10:
        return words("size.megabytes", number=_number(words, count / _MEGA, "0"))
    return words("size.gigabytes", number=gigabytes(words, count))


def gigabytes(words: Words, count: float) -> str:
    return _number(words, count / _GIGA, "0.0")


def speed(words: Words, per_second: float) -> str:
    return words("size.speed", number=_number(words, per_second / _MEGA, "0.#"))


def _number(words: Words, number: float, form: str) -> str:
    return format_decimal(number, form, locale=words.language)
