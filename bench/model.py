"""The scripted model as the bench uses it: every answer is known, and when it was told."""

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Self

from bench.contender import MODEL
from bench.witness import Turn
from luka_bot.demo.model import Asked, Reply, ScriptedOllama

SENTENCE = "This is a **sentence** of nine plain words, no more."


@dataclass(frozen=True, slots=True)
class Manner:
    """How the model answers: sentences of text, seconds to the first word and between words."""

    sentences: int = 6
    first: float = 0.0
    between: float = 0.0


INSTANT = Manner()
FLUENT = Manner(sentences=12, first=0.15, between=0.025)  # 40 words a second, 3 s in all


class Model:
    """Made by `open`. One for all bots, so that they meet the same."""

    def __init__(self) -> None:
        self.url = ""
        self._numbers = itertools.count(1)
        self._turns: dict[str, tuple[Turn, Manner]] = {}

    @classmethod
    @asynccontextmanager
    async def open(cls) -> AsyncIterator[Self]:
        model = cls()
        async with ScriptedOllama.open(reply=model._reply, models=[MODEL]) as scripted:
            model.url = scripted.url
            yield model

    def question(self, chat_id: int, manner: Manner) -> tuple[str, Turn]:
        """Words that get this answer, and the turn that watches for it."""
        number = next(self._numbers)
        question = f"Please answer question {number}."
        turn = Turn(chat_id, f"That was answer {number}.", 0.0)
        self._turns[question] = turn, manner
        return question, turn

    def _reply(self, asked: Asked) -> Reply:
        turn, manner = self._turns.pop(asked.question)
        return Reply(
            text=" ".join([*[SENTENCE] * manner.sentences, turn.ending]),
            delay_first=manner.first,
            delay_between=manner.between,
            gate=turn.model_ended,
        )
