"""A place in the line as a sentence, with a wait that promises no more than we know."""

import math

from luka_bot.locales import Words
from luka_bot.models.events import Waiting


def place(words: Words, waiting: Waiting) -> str:
    match waiting:
        case Waiting(position=0):
            return words("place.called")
        case Waiting(position=1, seconds=seconds):
            return words("place.next", wait=_wait(words, seconds))
        case Waiting(position=position, seconds=seconds):
            return words("place.number", place=position, wait=_wait(words, seconds))


def _wait(words: Words, seconds: float) -> str:
    """Rounded up as people do: 5, 10, 20 … seconds, then minutes, then hours."""
    if seconds <= 0:
        return ""
    if seconds <= 5:
        return words("place.seconds", number=5)
    if seconds <= 50:
        return words("place.seconds", number=math.ceil(seconds / 10) * 10)
    if seconds <= 50 * 60:
        return words("place.minutes", number=math.ceil(seconds / 60))
    return words("place.hours", number=math.ceil(seconds / 3600))
