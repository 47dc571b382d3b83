"""Waiting for what must come true, without guessing how long it takes."""

import asyncio
from collections.abc import Awaitable, Callable


async def wait_until(predicate: Callable[[], bool], seconds: float = 15.0) -> None:
    """Raises TimeoutError if it isn't true within seconds."""
    async with asyncio.timeout(seconds):
        while not predicate():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.005)


async def wait_until_found(question: Callable[[], Awaitable[bool]], seconds: float = 20.0) -> None:
    """The same where one has to ask for it."""
    async with asyncio.timeout(seconds):
        while not await question():  # noqa: ASYNC110 - the same
            await asyncio.sleep(0.01)
