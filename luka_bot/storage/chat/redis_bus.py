"""What replicas tell each other of conversations: one subscriber connection each."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog

from luka_bot.background import Background
from luka_bot.models.ids import ThreadId
from luka_bot.storage import keys
from luka_bot.storage.chat import codec
from luka_bot.storage.chat.shapes import BusListener, Frame
from luka_bot.storage.client import Storage
from luka_bot.storage.ear import START_PATIENCE, Ear, Heard

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
        ear = _Ear(self._storage, listener)
        async with Background() as tasks:
            tasks.spawn("hear the bus", ear.run())
            with suppress(TimeoutError):
                async with asyncio.timeout(START_PATIENCE):
                    await ear.hears.wait()
            ear.hears.set()  # whoever is inside by now and hears later has missed something
            yield


class _Ear:
    """hears: for the first time."""

    def __init__(self, storage: Storage, listener: BusListener) -> None:
        self._listener = listener
        self.hears = asyncio.Event()
        join = f"{keys.BUS}*"
        self._ear = Ear(storage, "conversations", lambda bus: bus.psubscribe(join), self._take)

    async def run(self) -> None:
        await self._ear.run()

    def _take(self, event: Heard) -> None:
        match event["type"]:
            case "psubscribe":  # what is said from now on is heard, and not a moment earlier
                if self.hears.is_set():
                    self._listener.interrupted()
                self.hears.set()
            case "pmessage":
                self._tell(str(event["channel"]), str(event["data"]))

    def _tell(self, channel: str, text: str) -> None:
        """A listener's mistake mustn't make a replica deaf."""
        conversation_id = ThreadId(channel.removeprefix(keys.BUS))
        try:
            if not self._listener.cares(conversation_id):
                return
            if text.startswith("m"):
                self._listener.message(codec.message(text[1:]))
            else:
                self._listener.frame(conversation_id, json.loads(text[1:]))
        except Exception:
            log.exception("bus.unheard")
