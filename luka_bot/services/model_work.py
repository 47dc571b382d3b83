"""What the model does for a turn, when its place in the line has come."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import replace

from luka_bot.models.clock import Clock
from luka_bot.models.events import Delta, TurnEvent
from luka_bot.models.message import Message
from luka_bot.models.thread import Thread
from luka_bot.models.turn import Turn
from luka_bot.services.generation import Generation
from luka_bot.services.ledger import Ledger
from luka_bot.services.llm_service import LLMService
from luka_bot.services.meter import Meter, who_asked
from luka_bot.services.model_line import ModelLine
from luka_bot.services.summaries import Summaries, Summary
from luka_bot.suspicion import waiting

WORD = 16  # characters; more than a yes or a no has


class ModelWork:
    """clock: monotonic."""

    def __init__(
        self,
        llm: LLMService,
        line: ModelLine,
        summaries: Summaries,
        ledger: Ledger,
        clock: Clock,
    ) -> None:
        self._llm = llm
        self.line = line
        self._summaries = summaries
        self._ledger = ledger
        self._clock = clock

    async def answer(
        self, turn: Turn, cancel: Callable[[], None]
    ) -> AsyncGenerator[TurnEvent, None]:
        """From its place in the line to the model's last word; closing it gives the place up.

        cancel: as ModelLine.place."""
        model = self._llm.model_of(turn.thread)
        with Meter(turn, model, self._ledger, self._clock) as meter:
            async with self.line.place(who_asked(turn), turn.thread.user_id, cancel) as queued:
                with waiting():
                    while (place := await queued.news()) is not None:
                        yield place
                async with aclosing(self._said(turn, meter)) as events:
                    async for event in events:
                        yield event

    async def fold(self, turn: Turn) -> Summary | None:
        """As Summaries.fold, when nobody waits for the model."""
        older = self._llm.dropped(turn.question, thread=turn.thread, history=turn.history)
        async with self.line.spare_place() as queued:
            while await queued.news() is not None:
                pass
            return await self._summaries.fold(turn.thread, older)

    async def quick_word(self, thread: Thread, task: str, about: Message) -> str:
        """The first words that the model has for a task aside, when nobody else waits for it.

        Raises a ModelError; how long to wait is the caller's."""
        aside = replace(thread, system_prompt=task, summary="", summary_upto=0)
        said = ""
        async with self.line.spare_place() as queued:
            while await queued.news() is not None:
                pass
            source = self._llm.stream_response(
                about, thread_id=thread.thread_id, thread=aside, history=()
            )
            async with aclosing(source) as events:
                async for event in events:
                    if isinstance(event, Delta):
                        said += event.text
                    if len(said) >= WORD:
                        break
        return said

    async def _said(self, turn: Turn, meter: Meter) -> AsyncGenerator[TurnEvent, None]:
        meter.begins()
        source = self._llm.stream_response(
            turn.question,
            thread_id=turn.thread.thread_id,
            thread=turn.thread,
            history=turn.history,
        )
        with Generation() as generation:
            async with aclosing(source) as events:
                async for event in events:
                    generation.saw(event)
                    meter.saw(event)
                    yield event
