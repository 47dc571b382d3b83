"""What an answer takes, measured while it is written."""

from types import TracebackType
from typing import Self

from luka_bot.models.clock import Clock
from luka_bot.models.events import Cut, Delta, Finished, Thinking, TurnEvent, Usage
from luka_bot.models.ids import UserId
from luka_bot.models.message import MessageState
from luka_bot.models.stats import Spent
from luka_bot.models.turn import Turn, TurnState
from luka_bot.services.ledger import Ledger


class Meter:
    """One turn, from its place in the line until its answer ends, or is closed. clock: monotonic.

    Where the model's server hadn't the time to count its tokens, each piece of text is one.
    """

    def __init__(self, turn: Turn, model: str, ledger: Ledger, clock: Clock) -> None:
        self._turn = turn
        self._model = model
        self._ledger = ledger
        self._clock = clock
        self._entered = clock()
        self._began: float | None = None
        self._waited: float | None = None
        self._pieces = 0
        self._told = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        """Whoever closes an answer, or cancels it, stops it."""
        failed = isinstance(error, Exception)
        self._tell(MessageState.FAILED if failed else MessageState.STOPPED)

    def begins(self) -> None:
        """The model is asked."""
        self._began = self._clock()

    def saw(self, event: TurnEvent) -> None:
        match event:
            case Delta():
                self._pieces += 1
                if self._waited is None:
                    self._waited = self._clock() - self._entered
            case Thinking():
                self._pieces += 1
            case Finished(usage):
                self._tell(MessageState.DONE, usage)
            case Cut(error):
                self._tell(MessageState.STOPPED if error is None else MessageState.FAILED)
            case _:
                pass

    def _tell(self, outcome: MessageState, usage: Usage | None = None) -> None:
        """Once; what follows the last word needs no model."""
        if self._told:
            return
        self._told = True
        prompt, answer = (
            (0, self._pieces) if usage is None else (usage.prompt_tokens, usage.answer_tokens)
        )
        seconds = 0.0 if self._began is None else self._clock() - self._began
        self._ledger.spent(
            Spent(
                who_asked(self._turn),
                outcome,
                Usage(self._model, prompt, answer, seconds),
                self._waited,
                is_message=self._turn.state is TurnState.NEW,
            )
        )


def who_asked(turn: Turn) -> UserId:
    """In a group whoever wrote the question, as far as it is known; else whose thread it is."""
    return turn.question.writer or turn.thread.user_id
