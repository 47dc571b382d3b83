"""A model that answers by the mark of its question, and sees whose words it is told."""

import random
from collections import Counter

from chaos.tokens import Token, answer_to, tokens_in
from luka_bot.demo.model import Asked, Reply

LONG = 0.02  # of the answers need two messages
LONG_SENTENCES = 260
BROKEN = 0.012  # of the answers break off, or fail
NOTES = "Notes so far:"  # how luka asks for a summary


class Oracle:
    """strangers: questions that came with words of another thread, and whose those were."""

    def __init__(self, seed: int) -> None:
        self.strangers: dict[Token, Token] = {}
        self.calm = False
        self._seed = seed
        self._asked: Counter[Token] = Counter()

    def __call__(self, asked: Asked) -> Reply:
        told = tokens_in(asked.system + " ".join(one.content for one in asked.earlier))
        if asked.question.startswith(NOTES):
            return Reply(f"They spoke of {tokens_in(asked.question)[-1]}.")
        token = tokens_in(asked.question)[0]
        for other in told:
            if other.place != token.place:
                self.strangers[token] = other
        self._asked[token] += 1
        return self._reply(token)

    def _reply(self, token: Token) -> Reply:
        """The same words every time, so that a second copy is known as one."""
        whims = random.Random(f"{self._seed}/{token}")
        long = whims.random() < LONG
        sentences = LONG_SENTENCES if long else whims.randint(1, 12)
        text = answer_to(token, sentences)
        seconds = 0.5 if long else whims.choice((0.0, 0.1, 0.3, 0.6, 1.2))
        chunk = 400 if long else 60  # characters
        pieces = len(text) // chunk + 1
        fate = random.Random(f"{self._seed}/{token}/{self._asked[token]}").random()
        broken = not self.calm and fate < BROKEN
        return Reply(
            text,
            chunk=chunk,
            delay_first=seconds / 4,
            delay_between=seconds / pieces,
            cut_after=pieces // 2 if broken and fate < BROKEN / 2 else None,
            status=500 if broken and fate >= BROKEN / 2 else 200,
        )
