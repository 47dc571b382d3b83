"""How long to leave Telegram alone after it failed us."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from aiogram.exceptions import (
    TelegramConflictError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)

from luka_bot.delivery.taxonomy import FOREIGN

log = structlog.get_logger(__name__)

LIMIT = 15.0  # s between two tries while Telegram doesn't answer
CONFLICT_PAUSE = 3.0  # s; Telegram delays its own 409 by as much


class Backoff:
    """One row of tries; the pauses double until one succeeds."""

    def __init__(self) -> None:
        self._failures = 0

    async def until_done(self, call: Callable[[], Awaitable[object]]) -> None:
        """Raises TelegramUnauthorizedError: that never passes."""
        while True:
            try:
                await call()
            except FOREIGN as error:
                await self.after(error)
            else:
                self.succeeded()
                return

    def succeeded(self) -> None:
        if self._failures:
            log.info("telegram.recovered", failures=self._failures)
        self._failures = 0

    async def after(self, error: Exception) -> None:
        """Wait as long as this failure asks for. Raises it if the token is wrong."""
        match error:
            case TelegramUnauthorizedError():
                raise error
            case TelegramRetryAfter(retry_after=seconds):
                pause = float(seconds)
            case TelegramConflictError():
                pause = CONFLICT_PAUSE
            case _:
                pause = min(LIMIT, 0.5 * 2 ** min(self._failures, 6))
        self._failures += 1
        kind, failures = type(error).__name__, self._failures
        log.warning("telegram.failed", error=kind, pause=pause, failures=failures)
        await asyncio.sleep(pause)
