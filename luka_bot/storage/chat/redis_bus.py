"""What replicas tell each other of conversations: one subscriber connection each."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog
from redis.asyncio.client import PubSub

from luka_bot.background import Background
from luka_bot.models.errors import StorageAway
from luka_bot.models.ids import ThreadId
from luka_bot.storage import keys
from luka_bot.storage.chat import codec
from luka_bot.storage.chat.shapes import BusListener, Frame
from luka_bot.storage.client import Storage, translated

FIRST_PAUSE = 0.1  # s before a lost connection is made anew; doubled up to ...
LONGEST_PAUSE = 5.0
SILENCE = 15.0  # s after which the connection is asked whether it lives

log = structlog.get_logger(__name__)


class RedisBus:
    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def publish(self, conversation_id: ThreadId, frame: Frame) -> None:
        text = "f" + json.dumps(frame, ensure_ascii=False, separators=(",", ":"))
        channel = keys.BUS + conversation_id
        await self._storage.read(lambda redis: redis.publish(channel, text))

    @asynccontextmanager
    async def listening(self, listener: BusListener) -> AsyncIterator[None]:
        """Enters when it hears, or when Redis is away: then it hears as soon as it is back."""
        heard = asyncio.Event()
        async with Background() as tasks:
            tasks.spawn("hear the bus", self._run(listener, heard))
            with suppress(TimeoutError):
                async with asyncio.timeout(LONGEST_PAUSE):
                    await heard.wait()
            yield

    async def _run(self, listener: BusListener, heard: asyncio.Event) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                with translated():
                    async with self._storage.subscriber() as bus:
                        await bus.psubscribe(f"{keys.BUS}*")
                        if heard.is_set():
                            listener.interrupted()
                        heard.set()
                        pause = FIRST_PAUSE
                        await self._hear(bus, listener)
            except StorageAway as error:
                log.info("bus.away", error=str(error), again_in=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _hear(self, bus: PubSub, listener: BusListener) -> None:
        """Until the connection breaks."""
        while True:
            event = await bus.get_message(ignore_subscribe_messages=True, timeout=SILENCE)
            if event is None:
                await bus.ping()
                continue
            if event["type"] == "pmessage":
                _tell(listener, str(event["channel"]), str(event["data"]))


def _tell(listener: BusListener, channel: str, text: str) -> None:
    try:
        if text.startswith("m"):
            listener.message(codec.message(text[1:]))
        else:
            listener.frame(ThreadId(channel.removeprefix(keys.BUS)), json.loads(text[1:]))
    except (ValueError, KeyError, TypeError) as error:
        log.warning("bus.unreadable", error=type(error).__name__)
