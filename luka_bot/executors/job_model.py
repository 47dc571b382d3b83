"""The model as jobs ask it: behind people who wait for an answer, and again if it was away."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass

import structlog

from luka_bot.llm.protocol import ChatModel, ChatRequest
from luka_bot.models.errors import AnswerCut, ModelAway, ModelBusy, ModelStalled
from luka_bot.models.events import Delta, Finished, ToolCall, Usage
from luka_bot.models.ids import UserId
from luka_bot.models.job import Failure
from luka_bot.models.job_errors import JobFailed
from luka_bot.services.jobs.work import OUTPUT_LIMIT
from luka_bot.services.model_line import ModelLine, Queued

PAUSES = (1.0, 5.0, 15.0, 30.0, 60.0, 60.0)  # s between two tries: a server that starts anew
PASSING = (ModelAway, ModelBusy, ModelStalled, AnswerCut)
GIVES_WAY = 60.0  # s; who waited so long for a free model stands in line like everybody
HEARD_EVERY = 200  # characters

Heard = Callable[[int], Awaitable[None]]
"""Told how many characters the answer has so far."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Said:
    text: str
    calls: tuple[ToolCall, ...]
    usage: Usage


class JobModel:
    """pauses, gives_way: in seconds."""

    def __init__(
        self,
        model: ChatModel,
        line: ModelLine,
        *,
        pauses: Sequence[float] = PAUSES,
        gives_way: float = GIVES_WAY,
    ) -> None:
        self._model = model
        self._line = line
        self._pauses = pauses
        self._gives_way = gives_way

    async def ask(self, request: ChatRequest, owner: UserId, heard: Heard) -> Said:
        """Raises a ModelError that waiting doesn't help against, or that came too often, and
        JobFailed for an answer that has no end."""
        for pause in self._pauses:
            try:
                return await self._in_turn(request, owner, heard)
            except PASSING as error:
                log.info("job.model_again", reason=type(error).__name__, seconds=pause)
            await asyncio.sleep(pause)
        return await self._in_turn(request, owner, heard)

    async def _in_turn(self, request: ChatRequest, owner: UserId, heard: Heard) -> Said:
        async with self._place(owner):
            return await self._said(request, heard)

    @asynccontextmanager
    async def _place(self, owner: UserId) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            spare = await stack.enter_async_context(self._line.spare_place())
            try:
                async with asyncio.timeout(self._gives_way):
                    await _let_in(spare)
            except TimeoutError:
                await stack.aclose()
                own = await stack.enter_async_context(self._line.place(owner, owner))
                await _let_in(own)
            yield

    async def _said(self, request: ChatRequest, heard: Heard) -> Said:
        text, told, calls, usage = "", 0, list[ToolCall](), Usage()
        async with aclosing(self._model.stream(request)) as events:
            async for event in events:
                match event:
                    case Delta(more):
                        text += more
                    case ToolCall():
                        calls.append(event)
                    case Finished(full=True):
                        raise JobFailed(Failure.CONTEXT, f"num_ctx {request.num_ctx:,}")
                    case Finished(usage):
                        pass
                if len(text) > OUTPUT_LIMIT:
                    raise JobFailed(Failure.OUTPUT, f"> {OUTPUT_LIMIT:,}")
                if len(text) - told >= HEARD_EVERY:
                    told = len(text)
                    await heard(told)
        return Said(text.strip(), tuple(calls) if request.tools else (), usage)


async def _let_in(queued: Queued) -> None:
    while await queued.news() is not None:
        pass
