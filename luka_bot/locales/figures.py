"""Numbers, waits and dates, short and as a language writes them."""

from datetime import date

from babel.dates import format_skeleton
from babel.numbers import format_compact_decimal, format_decimal, format_percent

from luka_bot.locales import Words


def number(words: Words, value: float) -> str:
    """Whole up to 9,999, then 12.3K."""
    if value < 10_000:
        return format_decimal(value, format="#,##0", locale=words.language)
    return format_compact_decimal(value, locale=words.language, fraction_digits=1)


def seconds(words: Words, value: float) -> str:
    """Tenths below ten seconds, then whole ones, minutes and hours."""
    if value < 9.95:
        return words("stats.seconds", number=_decimal(words, value))
    if value < 100:
        return words("stats.seconds", number=_decimal(words, round(value)))
    if value < 6000:
        return words("stats.minutes", number=_decimal(words, round(value / 60, 1)))
    return words("stats.hours", number=_decimal(words, round(value / 3600, 1)))


def share(words: Words, part: float) -> str:
    return format_percent(part, locale=words.language)


def day(words: Words, when: date) -> str:
    """`4 Oct`, in any year."""
    return format_skeleton("MMMd", when, locale=_dates(words))


def weekday(words: Words, when: date) -> str:
    return format_skeleton("EEE", when, locale=_dates(words))


def days(words: Words, first: date, last: date) -> str:
    """`5 Sep - 4 Oct 2025`, with an en dash."""
    ends = format_skeleton("yMMMd", last, locale=_dates(words))
    if first == last:
        return ends
    same = first.year == last.year
    begins = format_skeleton("MMMd" if same else "yMMMd", first, locale=_dates(words))
    return f"{begins} \N{EN DASH} {ends}"


def _dates(words: Words) -> str:
    """`4 Oct`, as most of the world that reads English, and not `Oct 4`."""
    return "en_GB" if words.language == "en" else words.language


def _decimal(words: Words, value: float) -> str:
    return format_decimal(value, format="#,##0.#", locale=words.language)
