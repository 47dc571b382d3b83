"""POST /ask: the model alone, without thread, line and storage."""

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from aiohttp import web

from luka_bot.locales.failures import failure as in_words
from luka_bot.models.clock import Clock
from luka_bot.models.events import Cut, Delta, Finished, TurnEvent, Usage
from luka_bot.models.ids import ThreadId, UserId
from luka_bot.models.message import Message, MessageState, Role
from luka_bot.models.stats import Spent
from luka_bot.models.thread import Thread
from luka_bot.services.ledger import Ledger
from luka_bot.services.llm_service import LLMService
from luka_bot.web.chat.asked import Asked
from luka_bot.web.chat.bodies import Question
from luka_bot.web.chat.counters import ASK_SECONDS
from luka_bot.web.chat.door import HEADERS
from luka_bot.web.chat.failures import TooMuch

AT_ONCE = 2  # questions of one person; it stands in no line, so nothing else holds them back
SOON = 5.0  # s
NO_THREAD = ThreadId("")


@dataclass(slots=True)
class _Tally:
    """What one answer took; seconds of the model."""

    since: float
    first: float | None = None
    pieces: int = 0
    usage: Usage = field(default_factory=Usage)
    outcome: MessageState = MessageState.FAILED


class Asking:
    """clock: monotonic."""

    def __init__(self, llm: LLMService, ledger: Ledger, clock: Clock) -> None:
        self._llm = llm
        self._ledger = ledger
        self._clock = clock
        self._asking: dict[UserId, int] = {}

    async def ask(self, asked: Asked) -> web.StreamResponse:
        user_id = asked.guest.user_id
        if self._asking.get(user_id, 0) >= AT_ONCE:
            raise TooMuch(SOON)
        self._asking[user_id] = self._asking.get(user_id, 0) + 1
        try:
            with ASK_SECONDS.time():
                return await self._answered(asked, _Tally(self._clock()))
        finally:
            self._asking[user_id] -= 1
            if not self._asking[user_id]:
                del self._asking[user_id]

    async def _answered(self, asked: Asked, tally: _Tally) -> web.StreamResponse:
        """Refused as JSON as long as there was no word; then the last line says what went wrong."""
        try:
            async with aclosing(self._events(asked.read(Question).content, tally)) as events:
                first = await anext(events)
                response = web.StreamResponse(headers={**HEADERS, "X-Accel-Buffering": "no"})
                response.content_type = "application/x-ndjson"
                await response.prepare(asked.request)
                with suppress(ConnectionError):  # they left; closing the events stops the model
                    await _write(response, asked, first)
                    async for event in events:
                        await _write(response, asked, event)
                    await response.write_eof()
                return response
        finally:
            self._spent(asked.guest.user_id, tally)

    async def _events(
        self, content: str, tally: _Tally
    ) -> AsyncGenerator[Delta | Cut | Finished, None]:
        question = Message(Role.USER, content)
        thread = _thread()
        stream = self._llm.stream_response(question, thread_id=NO_THREAD, thread=thread, history=())
        async with aclosing(stream) as events:
            async for event in events:
                self._saw(event, tally)
                if isinstance(event, Delta | Cut | Finished):
                    yield event

    def _saw(self, event: TurnEvent, tally: _Tally) -> None:
        match event:
            case Delta():
                tally.pieces += 1
                tally.outcome = MessageState.STOPPED
                if tally.first is None:
                    tally.first = self._clock() - tally.since
            case Finished(usage):
                tally.usage, tally.outcome = usage, MessageState.DONE
            case Cut():
                tally.outcome = MessageState.FAILED
            case _:
                pass

    def _spent(self, user_id: UserId, tally: _Tally) -> None:
        usage = tally.usage
        model = usage.model or self._llm.model_of(_thread())
        seconds = self._clock() - tally.since
        pieces = usage.answer_tokens or tally.pieces
        told = Usage(model, usage.prompt_tokens, pieces, seconds)
        self._ledger.spent(Spent(user_id, tally.outcome, told, tally.first))


async def _write(response: web.StreamResponse, asked: Asked, event: Delta | Cut | Finished) -> None:
    line: dict[str, object]
    match event:
        case Delta(text):
            line = {"delta": text}
        case Cut(error):
            line = {"done": False, "error": in_words(asked.words, error) if error else ""}
        case Finished():
            line = {"done": True}
    await response.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")


def _thread() -> Thread:
    """None that is kept: what the operator chose holds."""
    never = datetime.fromtimestamp(0, UTC)
    return Thread(NO_THREAD, UserId(0), "", never, never)
