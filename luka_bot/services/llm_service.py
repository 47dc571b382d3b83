"""One question to the model: what it is told, and what comes back."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass

from luka_bot.llm.protocol import ChatModel, InstalledModel
from luka_bot.models.events import TurnEvent
from luka_bot.models.ids import ThreadId
from luka_bot.models.message import Message
from luka_bot.models.thread import Thread
from luka_bot.services.tokens import Calibration


@dataclass(frozen=True, slots=True)
class ModelDefaults:
    """What holds for a thread that has no model or system prompt of its own."""

    model: str
    system_prompt: str
    num_ctx: int


class LLMService:
    def __init__(self, model: ChatModel, defaults: ModelDefaults, calibration: Calibration) -> None:
        raise NotImplementedError

    async def stream_response(
        self,
        question: Message,
        *,
        thread_id: ThreadId,
        thread: Thread,
        history: Sequence[Message],
    ) -> AsyncGenerator[TurnEvent, None]:
        """Notice(HISTORY_TRIMMED) first if older messages didn't fit, then Thinking and Delta,
        at last Finished or, once there was a Delta, Cut(error).

        Raises a ModelError as long as there was no Delta, also after Thinking. The taker closes
        it, which stops the model. history is what stands before the question, oldest first.
        """
        raise NotImplementedError
        yield

    def dropped(
        self, question: Message, *, thread: Thread, history: Sequence[Message]
    ) -> tuple[Message, ...]:
        """The messages that no longer fit before this question; for `Summaries.fold`."""
        raise NotImplementedError

    async def available_models(self) -> tuple[InstalledModel, ...]:
        """Raises ModelAway or ModelFailed."""
        raise NotImplementedError
