"""What a job takes of the model, all its rounds together."""

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import Self

from luka_bot.models.events import Usage
from luka_bot.models.ids import UserId
from luka_bot.models.message import MessageState
from luka_bot.models.stats import Spent


class Bill:
    """Told once, when the job ends in whatever way; what took nothing isn't told."""

    def __init__(self, owner: UserId, model: str, spent: Callable[[Spent], None]) -> None:
        self._owner = owner
        self._sum = Usage(model)
        self._spent = spent

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        if self._sum == Usage(self._sum.model):
            return
        outcome = MessageState.FAILED if error else MessageState.DONE
        if isinstance(error, asyncio.CancelledError):
            outcome = MessageState.STOPPED
        self._spent(Spent(self._owner, outcome, self._sum, is_message=False))

    def add(self, usage: Usage) -> None:
        known = self._sum
        self._sum = Usage(
            known.model,
            known.prompt_tokens + usage.prompt_tokens,
            known.answer_tokens + usage.answer_tokens,
            known.seconds + usage.seconds,
        )
