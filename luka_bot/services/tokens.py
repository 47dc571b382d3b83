"""How many tokens a text will be, without the model's tokenizer.

A first guess by the class of each character, then corrected per model by what its server counted.
"""

import math
from collections import Counter
from dataclasses import dataclass
from functools import cache

# Tokens for each character of a class: the middle of what the vocabularies of Llama 3, Qwen 2.5,
# Gemma 2 and Mistral spend on running text of that kind. A word's space is part of its token.
# Latin: 4.5 letters a token in English, 3 in German or French. Cyrillic: 2.5 to 3. A CJK
# character or kana is 0.6 to 1 token. Digits: one a token (Gemma, Qwen) to three (Llama).
LATIN = 1 / 4.0
CYRILLIC = 1 / 2.7
CJK = 0.85
DIGIT = 1 / 1.7
PUNCTUATION = 0.9  # one each, but for pairs as `),` and `->`
SPACE = 0.1  # only what no word takes along: indentation, blank lines
OTHER = 0.75  # Arabic, Hebrew, Thai, Hindi; emoji make up for it with two or three each
EMOJI = 2.5

MESSAGE = 4  # tokens a chat template puts around each message
IMAGE = 800  # tokens; vision models spend 256 to 1600 on a picture

RANGES = (  # asked in this order; what is in none of them is OTHER
    ("A", "Z", LATIN),
    ("a", "z", LATIN),
    ("0", "9", DIGIT),
    ("\t", " ", SPACE),
    ("!", "~", PUNCTUATION),
    ("\u00a0", "\u00bf", PUNCTUATION),
    ("\u00c0", "\u024f", LATIN),
    ("\u0400", "\u052f", CYRILLIC),
    ("\u2010", "\u205e", PUNCTUATION),
    ("\u2600", "\u27bf", EMOJI),
    ("\u3000", "\u303f", PUNCTUATION),
    ("\u3040", "\u9fff", CJK),
    ("\uac00", "\ud7af", CJK),
    ("\uff00", "\uffef", PUNCTUATION),
    ("\U0001f000", "\U0001faff", EMOJI),
    ("\U00020000", "\U0003ffff", CJK),
)


def estimate(text: str) -> int:
    """Tokens of a text; at least 1 unless it is empty."""
    total = math.fsum(count * _weight(char) for char, count in Counter(text).items())
    return math.ceil(round(total, 9))  # what is whole must not be one more by a rounding error


@cache
def _weight(char: str) -> float:
    return next((weight for first, last, weight in RANGES if first <= char <= last), OTHER)


LOWEST, HIGHEST = 0.4, 3.0  # no tokenizer is further from the guess; beyond is a server's whim
TRUSTED = 3  # samples after which a model's factor is a measure for the next sample
SLOWEST = 0.2  # weight of a new sample once there are many
SHORTEST = 32  # tokens; in a shorter prompt the chat template drowns the text


@dataclass(frozen=True, slots=True)
class _Learnt:
    factor: float = 1.0
    samples: int = 0


class Calibration:
    """True tokens for each estimated one, learnt per model; one for the whole process."""

    def __init__(self) -> None:
        self._models: dict[str, _Learnt] = {}

    def factor(self, model: str) -> float:
        """1.0 for a model that we know nothing of."""
        return self._models.get(model, _Learnt()).factor

    def learn(self, model: str, *, estimated: int, counted: int, num_ctx: int) -> None:
        """estimated is the plain estimate, before the factor; counted is the server's figure."""
        learnt = self._models.get(model, _Learnt())
        expected = estimated * learnt.factor
        if estimated < SHORTEST or counted <= 0 or _cut(counted, expected, num_ctx):
            return
        if learnt.samples >= TRUSTED and _cached(counted, expected):
            return
        weight = max(SLOWEST, 1 / (learnt.samples + 1))
        factor = learnt.factor + weight * (counted / estimated - learnt.factor)
        bounded = min(HIGHEST, max(LOWEST, factor))
        self._models[model] = _Learnt(bounded, learnt.samples + 1)


def _cut(counted: int, expected: float, num_ctx: int) -> bool:
    """A server too old for `truncate: false` halves a prompt that doesn't fit: num_ctx/2 + 2."""
    return abs(counted - (num_ctx / 2 + 2)) <= 8 and counted < 0.75 * expected


def _cached(counted: int, expected: float) -> bool:
    """Some servers count only what they evaluated anew and leave out what they had cached."""
    return counted < 0.5 * expected
