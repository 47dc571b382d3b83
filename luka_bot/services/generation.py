"""What an operator is told of each answer that a model writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from types import TracebackType
from typing import Self

from luka_bot import metrics
from luka_bot.models.errors import ModelError, Refused
from luka_bot.models.events import Cut, Delta, Finished, Thinking, TurnEvent, Usage


class Generation:
    """One answer, from asking the model until it ends or is closed."""

    def __init__(self) -> None:
        self._first_word_at: float | None = None
        self._runs = False

    def __enter__(self) -> Self:
        self._runs = True
        metrics.GENERATIONS_RUNNING.inc()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self._end()
        if isinstance(error, ModelError):
            _failed(error)

    def saw(self, event: TurnEvent) -> None:
        match event:
            case Delta() | Thinking():
                if self._first_word_at is None:
                    self._first_word_at = perf_counter()
            case Finished(usage):
                self._end()
                self._measure(usage)
            case Cut(error):
                self._end()
                if error is not None:
                    _failed(error)
            case _:
                pass

    def _end(self) -> None:
        """What follows the last word (storing, showing) needs no model."""
        if self._runs:
            self._runs = False
            metrics.GENERATIONS_RUNNING.dec()

    def _measure(self, usage: Usage) -> None:
        metrics.PROMPT_TOKENS.inc(usage.prompt_tokens)
        metrics.ANSWER_TOKENS.inc(usage.answer_tokens)
        if self._first_word_at is None or usage.answer_tokens < 2:
            return
        seconds = perf_counter() - self._first_word_at
        if seconds > 0:
            metrics.TOKENS_PER_SECOND.observe((usage.answer_tokens - 1) / seconds)


@contextmanager
def refusals_counted() -> Iterator[None]:
    try:
        yield
    except Refused:
        metrics.TURNS.labels("refused").inc()
        raise


def _failed(error: ModelError) -> None:
    metrics.MODEL_FAILURES.labels(type(error).__name__).inc()
