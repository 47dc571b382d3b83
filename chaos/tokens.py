"""The marks by which a question is known again in its answer, in prompts and in Redis."""

import re
from dataclasses import dataclass
from typing import Self

_TOKEN = re.compile(r"\bp(\d+)t(\d+)q(\d+)\b")
_SENTENCE = re.compile(r"\b(p\d+t\d+q\d+)-(\d+)(?![\d])( ends)?")


@dataclass(frozen=True, slots=True, order=True)
class Token:
    """Who asks, in which of their threads, and which of their questions it is."""

    person: int
    thread: int
    number: int

    def __str__(self) -> str:
        return f"p{self.person}t{self.thread}q{self.number}"

    @property
    def place(self) -> tuple[int, int]:
        return self.person, self.thread

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        person, thread, number = map(int, match.groups())
        return cls(person, thread, number)


@dataclass(frozen=True, slots=True)
class Found:
    """The sentences of one answer that stand somewhere; whole: its last one is among them."""

    sentences: frozenset[int]
    whole: bool


def tokens_in(text: str) -> list[Token]:
    return [Token.of(match) for match in _TOKEN.finditer(text)]


def answer_to(token: Token, sentences: int) -> str:
    """Every sentence is marked, so that no part of an answer can be taken for another's."""
    middle = "".join(f" And {token}-{number} goes on." for number in range(1, sentences))
    return f"This answers {token}-0.{middle} Here {token}-{sentences} ends."


def answers_in(text: str) -> dict[Token, Found]:
    found: dict[Token, tuple[set[int], bool]] = {}
    for name, number, end in _SENTENCE.findall(text):
        token = tokens_in(name)[0]
        numbers, whole = found.get(token, (set(), False))
        found[token] = (numbers | {int(number)}, whole or bool(end))
    return {token: Found(frozenset(numbers), whole) for token, (numbers, whole) in found.items()}
