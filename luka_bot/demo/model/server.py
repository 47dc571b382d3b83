"""The scripted model's door: Ollama's HTTP API on the loopback interface."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Self

from luka_bot.demo.model.reply import Answering, Reply


class ScriptedOllama:
    """url is http://127.0.0.1:port. requests are the bodies of all chat requests, oldest first.

    gate is open; clear it and every stream waits before its next chunk until it is set again.
    streaming counts the streams under way, aborted those that the client closed before the end.
    """

    url: str
    requests: list[dict[str, Any]]
    gate: asyncio.Event
    aborted: int
    streaming: int

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        *,
        port: int = 0,
        reply: Answering | Reply | str = "Hello there.",
        models: Sequence[str] = ("llama3.2", "qwen3"),
    ) -> AsyncIterator[Self]:
        """port 0 takes a free one. For the demo: reply=`luka_bot.demo.model.persona.converse`."""
        raise NotImplementedError
        yield

    def reply_with(self, *replies: Reply | str) -> None:
        """Answer the next requests with these, in order; after them `reply` holds again."""
        raise NotImplementedError

    async def stop(self) -> None:
        """As if Ollama was killed: nobody listens, and running streams break."""
        raise NotImplementedError

    async def start(self) -> None:
        """Listen again, at the same port."""
        raise NotImplementedError
