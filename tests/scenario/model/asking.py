"""Asking a model's server as luka does."""

from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager

from luka_bot.llm.connection import Timeouts
from luka_bot.llm.ollama import OllamaClient
from luka_bot.llm.protocol import ChatMessage, ChatRequest
from luka_bot.models.errors import ModelError
from luka_bot.models.events import Delta, ModelEvent, Thinking
from luka_bot.models.message import Role

PATIENT = Timeouts(connect=5, first_token=10, idle=10)
HASTY = Timeouts(connect=5, first_token=1, idle=1)


def request(text: str = "Hello", model: str = "llama3.2", num_ctx: int = 4096) -> ChatRequest:
    return ChatRequest(model, (ChatMessage(Role.USER, text),), num_ctx)


@asynccontextmanager
async def client_of(url: str, timeouts: Timeouts = PATIENT) -> AsyncIterator[OllamaClient]:
    async with OllamaClient.open(url, timeouts, keep_alive="30m") as client:
        yield client


async def ask(url: str, asked: ChatRequest | None = None) -> list[ModelEvent]:
    async with client_of(url) as client, aclosing(client.stream(asked or request())) as events:
        return [event async for event in events]


async def until_trouble(url: str) -> tuple[list[ModelEvent], ModelError]:
    """What came before the error, and the error."""
    said: list[ModelEvent] = []
    async with client_of(url) as client, aclosing(client.stream(request())) as events:
        try:
            while True:
                said.append(await anext(events))
        except ModelError as error:
            return said, error


def text_of(events: list[ModelEvent]) -> str:
    return "".join(event.text for event in events if isinstance(event, Delta))


def thoughts_of(events: list[ModelEvent]) -> str:
    return "".join(event.text for event in events if isinstance(event, Thinking))
