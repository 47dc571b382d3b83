"""What replicas tell each other of conversations: one subscriber connection each."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

from luka_bot.background import Background
from luka_bot.models.errors import StorageAway
from luka_bot.models.ids import ThreadId
from luka_bot.storage import keys
from luka_bot.storage.chat import codec
from luka_bot.storage.chat.shapes import BusListener, Frame
from luka_bot.storage.client import Storage, translated

FIRST_PAUSE = 0.1  # s before a lost connection is made anew; doubled up to ...
LONGEST_PAUSE = 5.0
START_PATIENCE = 1.0  # s; a luka whose Redis is away begins all the same
SILENCE = 15.0  # s after which the connection is asked whether it lives, and then given up

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
        self._storage = storage
        self._listener = listener
        self._pause = FIRST_PAUSE
        self.hears = asyncio.Event()

    async def run(self) -> None:
        while True:
            try:
                with translated():
                    await self._listen()
            except (StorageAway, RedisError) as error:
                log.info("bus.away", error=str(error), again_in=self._pause)
            await asyncio.sleep(self._pause)
            self._pause = min(self._pause * 2, LONGEST_PAUSE)

    async def _listen(self) -> None:
        """Until the connection breaks, or nothing comes any more though it was asked."""
        asked = False
        async with self._storage.subscriber() as bus:
            await bus.psubscribe(f"{keys.BUS}*")
            while True:
                event = await bus.get_message(timeout=SILENCE)
                if event is not None:
                    asked = False
                    self._take(event)
                elif asked:
                    raise StorageAway("the bus is silent")
                else:
                    asked = True
                    await _ask(bus)

    def _take(self, event: dict[str, object]) -> None:
        match event["type"]:
            case "psubscribe":  # what is said from now on is heard, and not a moment earlier
                self._pause = FIRST_PAUSE
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


async def _ask(bus: PubSub) -> None:
    async with asyncio.timeout(SILENCE):
        await bus.ping()
