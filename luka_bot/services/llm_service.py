"""One question to the model: what it is told, and what comes back."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass

import structlog

from luka_bot.llm.protocol import ChatModel, ChatRequest, InstalledModel
from luka_bot.models.errors import AnswerEmpty, ContextTooLong, ModelError
from luka_bot.models.events import (
    Cut,
    Delta,
    Finished,
    ModelEvent,
    Notice,
    NoticeKind,
    Thinking,
    ToolCall,
    TurnEvent,
    Usage,
)
from luka_bot.models.ids import ThreadId
from luka_bot.models.message import Message
from luka_bot.models.thread import Thread
from luka_bot.services.prompt import Budget, Prompt, build
from luka_bot.services.tokens import Calibration

log = structlog.get_logger(__name__)

# How much of a prompt is sent again when the server counts more tokens than we do. The first is for
# a wrong estimate, the others for a model whose own context is far smaller than what we ask for.
SHARES = (0.7, 0.5, 0.25)


@dataclass(frozen=True, slots=True)
class ModelDefaults:
    """What model() says and system_prompt hold for threads without their own.

    num_ctx is the same for all: with another one Ollama would load the model anew.
    """

    model: Callable[[], str]
    system_prompt: str
    num_ctx: int


class LLMService:
    def __init__(self, model: ChatModel, defaults: ModelDefaults, calibration: Calibration) -> None:
        self._model = model
        self.defaults = defaults
        self.calibration = calibration

    async def stream_response(
        self,
        question: Message,
        *,
        thread_id: ThreadId,
        thread: Thread,
        history: Sequence[Message],
    ) -> AsyncGenerator[TurnEvent, None]:
        """Notice(HISTORY_TRIMMED) first if older messages didn't fit, then Thinking and Delta, at
        last Finished (full: after Notice(ANSWER_FULL)) or, once there was a Delta, Cut(error).

        Raises a ModelError as long as there was no Delta, also after Thinking. The taker closes
        it, which stops the model. history is what stands before the question, oldest first.
        """
        budget = self._budget(thread)
        for share in (*SHARES, None):
            prompt = build(question, thread, history, self.defaults.system_prompt, budget)
            begun = False
            try:
                async with aclosing(self._answer(prompt, self.model_of(thread))) as events:
                    async for event in events:
                        begun = True
                        yield event
            except ContextTooLong:
                if begun or share is None or prompt.estimated == prompt.least:
                    raise
                budget = budget.shrunk(prompt, share)
                log.info("prompt.too_long", thread_id=thread_id, next_limit=budget.limit)
            else:
                return

    def dropped(
        self, question: Message, *, thread: Thread, history: Sequence[Message]
    ) -> tuple[Message, ...]:
        """The messages that no longer fit before this question; for `Summaries.fold`."""
        try:
            budget = self._budget(thread)
            return build(question, thread, history, self.defaults.system_prompt, budget).dropped
        except ContextTooLong:
            return ()

    def model_of(self, thread: Thread) -> str:
        return thread.model or self.defaults.model()

    async def available_models(self) -> tuple[InstalledModel, ...]:
        """Raises a ModelError."""
        return await self._model.installed()

    async def _answer(self, prompt: Prompt, model: str) -> AsyncGenerator[TurnEvent, None]:
        """The notice waits for the first word: a refusal must come before any event."""
        request = ChatRequest(model, prompt.messages, self.defaults.num_ctx)
        noticed = not prompt.dropped
        said = False
        async with aclosing(_spoken(self._model.stream(request))) as events:
            try:
                async for event in events:
                    if not noticed:
                        noticed = True
                        yield Notice(NoticeKind.HISTORY_TRIMMED)
                    if isinstance(event, Finished):
                        self._learn(prompt, model, event.usage)
                        if event.full:
                            yield Notice(NoticeKind.ANSWER_FULL)
                    said = said or isinstance(event, Delta)
                    yield event
            except ModelError as error:
                if not said:
                    raise
                yield Cut(error)

    def _learn(self, prompt: Prompt, model: str, usage: Usage) -> None:
        """A picture's tokens are no measure for text."""
        if any(message.images for message in prompt.messages):
            return
        self.calibration.learn(
            model,
            estimated=prompt.estimated,
            counted=usage.prompt_tokens,
            num_ctx=self.defaults.num_ctx,
        )

    def _budget(self, thread: Thread) -> Budget:
        return Budget.of(self.defaults.num_ctx, self.calibration.factor(self.model_of(thread)))


async def _spoken(
    stream: AsyncGenerator[ModelEvent, None],
) -> AsyncGenerator[Delta | Thinking | Finished, None]:
    """Without the blank beginning that some models have. Raises AnswerEmpty if that was all."""
    said = False
    async with aclosing(stream) as events:
        async for event in events:
            match event:
                case Delta(text) if not said:
                    said = bool(text.strip())
                    if said:
                        yield Delta(text.lstrip())
                case Finished() if not said:
                    raise AnswerEmpty
                case ToolCall():  # it was offered none
                    pass
                case _:
                    yield event
