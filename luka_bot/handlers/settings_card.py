"""The card of /settings: what somebody chose, and what else they can choose."""

import re

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from luka_bot.handlers.callbacks import Choose, SettingsPage
from luka_bot.locales import LANGUAGES, Words, words_for
from luka_bot.models.person import Choice, Preferences

UNSET = "-"
MARK = "✅ "
OFFSETS = range(-12, 15)  # hours from UTC, west to east, as far as there are people
ROW = 5  # such buttons are still read on a phone
_FIXED = re.compile(r"Etc/GMT([+-]\d+)?")


def text(words: Words, chosen: Preferences, zone: str) -> str:
    """HTML. zone: the one in which their days begin, chosen or not."""
    language = words_for(chosen.language)("settings.own_name") if chosen.language else ""
    return words.html(
        "settings.text",
        language=language or words("settings.as_telegram"),
        thinking=words(_on(chosen.thinking)),
        quiet=words(_on(chosen.quiet)),
        zone=shown_zone(zone),
    )


def keyboard(words: Words, chosen: Preferences) -> InlineKeyboardMarkup:
    languages = [
        _choice(words_for(code)("settings.own_name"), Choice.LANGUAGE, code, chosen.language)
        for code in LANGUAGES
    ]
    telegram = _choice(words("settings.as_telegram"), Choice.LANGUAGE, "", chosen.language)
    zones = _button(words("settings.zones"), SettingsPage(zones=True).pack())
    return InlineKeyboardMarkup(
        inline_keyboard=[
            languages,
            [telegram],
            [_switch(words("settings.thinking"), Choice.THINKING, on=chosen.thinking)],
            [_switch(words("settings.quiet"), Choice.QUIET, on=chosen.quiet)],
            [zones],
        ]
    )


def zones(words: Words, chosen: Preferences) -> InlineKeyboardMarkup:
    offsets = [
        _choice(f"{hours:+}" if hours else "0", Choice.TIME_ZONE, _fixed(hours), chosen.time_zone)
        for hours in OFFSETS
    ]
    rows = [offsets[start : start + ROW] for start in range(0, len(offsets), ROW)]
    usual = _choice(words("settings.zone_usual"), Choice.TIME_ZONE, "", chosen.time_zone)
    back = _button(words("settings.back"), SettingsPage(zones=False).pack())
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [usual], [back]])


def shown_zone(zone: str) -> str:
    """`Etc/GMT-3` is three hours *ahead* of UTC, which nobody would guess."""
    fixed = _FIXED.fullmatch(zone)
    if fixed is None:
        return zone
    hours = -int(fixed[1] or 0)
    return f"UTC{hours:+}" if hours else "UTC"


def _fixed(hours: int) -> str:
    return f"Etc/GMT{-hours:+}" if hours else "Etc/GMT"


def _on(state: bool) -> str:  # noqa: FBT001 - a state is what it is asked about
    return "settings.on" if state else "settings.off"


def _switch(label: str, name: Choice, *, on: bool) -> InlineKeyboardButton:
    data = Choose(name=name, value=UNSET if on else "1").pack()
    return _button(f"{MARK if on else ''}{label}", data)


def _choice(label: str, name: Choice, value: str, chosen: str) -> InlineKeyboardButton:
    mark = MARK if value == chosen else ""
    return _button(f"{mark}{label}", Choose(name=name, value=value or UNSET).pack())


def _button(label: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=label, callback_data=data)
