"""Ollama's native API over HTTP."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Self

from luka_bot.llm.protocol import ChatRequest, InstalledModel
from luka_bot.models.events import ModelEvent


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds. first_token holds for the whole wait until the first line, loading included;
    idle for each further line."""

    connect: float
    first_token: float
    idle: float


class OllamaClient:
    """A ChatModel. `open` makes the connections and closes them."""

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str, timeouts: Timeouts, *, keep_alive: str) -> AsyncIterator[Self]:
        raise NotImplementedError
        yield

    async def stream(self, request: ChatRequest) -> AsyncGenerator[ModelEvent, None]:
        """Closing the generator closes the connection, and Ollama stops computing."""
        raise NotImplementedError
        yield

    async def installed(self) -> tuple[InstalledModel, ...]:
        raise NotImplementedError

    async def version(self) -> str:
        """Raises as `installed` does."""
        raise NotImplementedError
