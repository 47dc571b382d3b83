"""One connection that hears channels, made anew whenever it breaks."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

from luka_bot.models.errors import StorageAway
from luka_bot.storage.client import Storage, translated

FIRST_PAUSE = 0.1  # s before a lost connection is made anew; doubled up to ...
LONGEST_PAUSE = 5.0
START_PATIENCE = 1.0  # s; a luka whose Redis is away begins all the same
SILENCE = 15.0  # s after which the connection is asked whether it lives, and then given up

Heard = dict[str, object]
"""An event of redis-py's: its type, channel and data."""

log = structlog.get_logger(__name__)


class Ear:
    """name: for the log. join: subscribes a new connection. take: is told all that is heard, also
    that it hears (type subscribe or psubscribe): what was said before that moment was missed."""

    def __init__(
        self,
        storage: Storage,
        name: str,
        join: Callable[[PubSub], Awaitable[object]],
        take: Callable[[Heard], None],
    ) -> None:
        self._storage = storage
        self._name = name
        self._join = join
        self._take = take
        self._pause = FIRST_PAUSE

    async def run(self) -> None:
        """For ever."""
        while True:
            try:
                with translated():
                    await self._listen()
            except (StorageAway, RedisError) as error:
                log.info("bus.away", bus=self._name, error=str(error), again_in=self._pause)
            await asyncio.sleep(self._pause)
            self._pause = min(self._pause * 2, LONGEST_PAUSE)

    async def _listen(self) -> None:
        """Until the connection breaks, or nothing comes any more though it was asked."""
        asked = False
        async with self._storage.subscriber() as bus:
            await self._join(bus)
            while True:
                event = await bus.get_message(timeout=SILENCE)
                if event is not None:
                    asked = False
                    self._hear(event)
                elif asked:
                    raise StorageAway("the bus is silent")
                else:
                    asked = True
                    await _ask(bus)

    def _hear(self, event: Heard) -> None:
        if event["type"] in {"subscribe", "psubscribe"}:
            self._pause = FIRST_PAUSE
        self._take(event)


async def _ask(bus: PubSub) -> None:
    async with asyncio.timeout(SILENCE):
        await bus.ping()
