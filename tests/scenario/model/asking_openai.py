"""Asking a server with OpenAI's API, and what such a server says."""

import json
from collections.abc import Iterable
from contextlib import aclosing

from luka_bot.llm.connection import Timeouts
from luka_bot.llm.openai_compatible import OpenAIClient
from luka_bot.llm.protocol import ChatRequest
from luka_bot.models.errors import ModelError
from luka_bot.models.events import ModelEvent
from tests.scenario.model.asking import PATIENT, request
from tests.scenario.model.raw_server import saying

SSE = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
DONE = b"data: [DONE]\n\n"
USED = {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}
KEY = "sk-very-secret"


def event(fields: object) -> bytes:
    return b"data: " + json.dumps(fields, ensure_ascii=False).encode() + b"\n\n"


def delta(finish: str | None = None, **said: str) -> bytes:
    return event({"choices": [{"index": 0, "delta": said, "finish_reason": finish}]})


def counts() -> bytes:
    return event({"choices": [], "usage": USED})


def refusal(status: int, body: object) -> bytes:
    text = json.dumps(body).encode()
    return b"HTTP/1.1 %d No\r\nContent-Length: %d\r\n\r\n%s" % (status, len(text), text)


async def heard(
    pieces: Iterable[bytes],
    *,
    asked: ChatRequest | None = None,
    timeouts: Timeouts = PATIENT,
    hang: bool = False,
) -> tuple[list[ModelEvent], ModelError | None]:
    """What came, and the error after it if there was one."""
    said: list[ModelEvent] = []
    async with (
        saying(pieces, hang=hang) as url,
        OpenAIClient.open(url, timeouts, key=KEY) as client,
        aclosing(client.stream(asked or request())) as events,
    ):
        try:
            while True:
                said.append(await anext(events))
        except StopAsyncIteration:
            return said, None
        except ModelError as error:
            return said, error
