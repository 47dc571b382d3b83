"""Asking through the service, as a turn does."""

from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from datetime import UTC, datetime

from luka_bot.demo.model import ScriptedOllama
from luka_bot.models.events import Notice, NoticeKind, TurnEvent
from luka_bot.models.ids import ThreadId, UserId
from luka_bot.models.message import Message, MessageState, Role
from luka_bot.models.thread import Thread
from luka_bot.services.llm_service import LLMService, ModelDefaults
from luka_bot.services.tokens import Calibration
from tests.scenario.model.asking import client_of

NOW = datetime(2026, 1, 1, tzinfo=UTC)
THREAD = Thread(ThreadId("t"), UserId(1), "Main Chat", NOW, NOW)
QUESTION = Message(Role.USER, "And now?", id="now", state=MessageState.PENDING)
TRIMMED = Notice(NoticeKind.HISTORY_TRIMMED)


def talk(exchanges: int, words: int = 20) -> list[Message]:
    return [
        Message(role, f"{role} {number} " + "word " * words, id=str(number), seq=number)
        for number in range(exchanges)
        for role in (Role.USER, Role.ASSISTANT)
    ]


@asynccontextmanager
async def service_of(
    model: ScriptedOllama, *, num_ctx: int = 4096, calibration: Calibration | None = None
) -> AsyncIterator[LLMService]:
    defaults = ModelDefaults(lambda: "llama3.2", "Be kind.", num_ctx)
    async with client_of(model.url) as client:
        yield LLMService(client, defaults, calibration or Calibration())


async def answer(
    service: LLMService, history: Sequence[Message] = (), thread: Thread = THREAD
) -> list[TurnEvent]:
    stream = service.stream_response(
        QUESTION, thread_id=thread.thread_id, thread=thread, history=history
    )
    async with aclosing(stream) as events:
        return [event async for event in events]
