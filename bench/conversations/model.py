"""The model: so long to its first word, so long between words, and always as many of them."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from luka_bot.demo.model import Asked, Reply, ScriptedOllama

MODEL = "llama3.2"
FIRST = 0.2  # s to the first word
BETWEEN = 0.02  # s between words
WORDS = 20

_NUMBER = re.compile(r"question (\d+)")


def question(number: int) -> str:
    return f"Please answer question {number}."


def ending(number: int) -> str:
    """How the answer to this question ends."""
    return f"That was {number}."


@asynccontextmanager
async def scripted() -> AsyncIterator[str]:
    """Its address."""
    async with ScriptedOllama.open(reply=_answer, models=[MODEL]) as model:
        yield model.url


def _answer(asked: Asked) -> Reply:
    numbers = _NUMBER.findall(asked.question)
    last = ending(int(numbers[-1])).split() if numbers else ["Indeed."]
    words = ["word"] * (WORDS - len(last)) + last
    return Reply(" ".join(words), delay_first=FIRST, delay_between=BETWEEN)
