"""A model that answers as the question itself asks it to: whole, slowly, at length, or not."""

import itertools
import random
import re
from enum import StrEnum

from luka_bot.demo.model import Asked, Reply
from luka_bot.demo.model.memory import is_fold

SENTENCE = "This is a **sentence** of nine plain words, no more."
LONG_SENTENCES = 120  # more than one message holds
SLOW_SENTENCES = 30
CHUNK = 80  # characters
_MARK = re.compile(r"Question (\d+), please answer (\w+)\.")


class Manner(StrEnum):
    SHORTLY = "shortly"
    LONG = "lengthily"
    SLOWLY = "slowly"
    BADLY = "badly"
    """Fails the first time."""


class Oracle:
    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._numbers = itertools.count(1)
        self._failed: set[int] = set()

    def question(self, manner: Manner) -> str:
        words = " ".join(["It is a long story."] * self._chance.choice((0, 0, 1, 5, 20)))
        return f"{words} Question {next(self._numbers)}, please answer {manner}.".strip()

    def __call__(self, asked: Asked) -> Reply:
        marks = _MARK.findall(asked.question)
        if is_fold(asked) or not marks:
            return Reply("They told a long story and asked about it.")
        number, manner = marks[-1]
        match Manner(manner):
            case Manner.SHORTLY:
                return Reply(_text(number, self._chance.randint(1, 12)), chunk=CHUNK)
            case Manner.LONG:
                return Reply(_text(number, LONG_SENTENCES), chunk=4 * CHUNK)
            case Manner.SLOWLY:
                return Reply(_text(number, SLOW_SENTENCES), chunk=CHUNK, delay_between=0.1)
            case Manner.BADLY:
                return self._failed_once(int(number))

    def _failed_once(self, number: int) -> Reply:
        if number in self._failed:
            self._failed.discard(number)
            return Reply(_text(str(number), 3), chunk=CHUNK)
        self._failed.add(number)
        return Reply(status=500)


def _text(number: str, sentences: int) -> str:
    return " ".join([*[SENTENCE] * sentences, f"That was answer {number}."])
