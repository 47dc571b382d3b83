"""How long an agent has until its first word."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from luka_bot.models.conversation_errors import AgentTimeout
from luka_bot.models.events import Delta, Thinking, TurnEvent, Waiting


async def in_time(
    events: AsyncGenerator[TurnEvent, None], seconds: float
) -> AsyncGenerator[TurnEvent, None]:
    """Raises AgentTimeout, before any word. Whoever waits for a place in the line is told of it,
    and has all the time once the model begins; how long it may pause later is the model's own."""
    limit: float | None = seconds
    async with aclosing(events):
        while True:
            patience = asyncio.timeout(limit)
            try:
                async with patience:
                    event = await anext(events)
            except StopAsyncIteration:
                return
            except TimeoutError as error:
                if not patience.expired():
                    raise
                raise AgentTimeout(seconds) from error
            match event:
                case Waiting(position):
                    limit = None if position else seconds
                case Delta() | Thinking():
                    limit = None
            yield event
