"""Who is told of every change of a job, in whatever process it was made: one connection each."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import structlog
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

from luka_bot.background import Background
from luka_bot.models.errors import StorageAway
from luka_bot.models.ids import JobId
from luka_bot.storage import keys
from luka_bot.storage.client import Storage, translated

FIRST_PAUSE = 0.1  # s before a lost connection is made anew; doubled up to ...
LONGEST_PAUSE = 5.0
START_PATIENCE = 1.0  # s; a luka whose Redis is away begins all the same
SILENCE = 15.0  # s after which the connection is asked whether it lives, and then given up

JobListener = Callable[[JobId | None], None]
"""Called with the job that has changed; with None where news may have been missed. Must not wait.
What it is told of is looked up by itself: news can come twice, and in another order."""

log = structlog.get_logger(__name__)


class JobNews:
    """Listeners may come and go while it runs."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._listeners: list[JobListener] = []
        self._pause = FIRST_PAUSE
        self._hears = asyncio.Event()

    def follow(self, listener: JobListener) -> Callable[[], None]:
        """Tell it from now on; the function that is given back ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Enters when it hears, or when Redis is away: then it hears as soon as it is back."""
        async with Background() as tasks:
            tasks.spawn("hear news of jobs", self._run())
            with suppress(TimeoutError):
                async with asyncio.timeout(START_PATIENCE):
                    await self._hears.wait()
            yield

    async def _run(self) -> None:
        while True:
            try:
                with translated():
                    await self._listen()
            except (StorageAway, RedisError) as error:
                log.info("job_news.away", error=str(error), again_in=self._pause)
            await asyncio.sleep(self._pause)
            self._pause = min(self._pause * 2, LONGEST_PAUSE)

    async def _listen(self) -> None:
        """Until the connection breaks, or nothing comes any more though it was asked."""
        asked = False
        async with self._storage.subscriber() as bus:
            await bus.subscribe(keys.JOB_NEWS)
            while True:
                event = await bus.get_message(timeout=SILENCE)
                if event is not None:
                    asked = False
                    self._take(event)
                elif asked:
                    raise StorageAway("the channel of jobs is silent")
                else:
                    asked = True
                    await _ask(bus)

    def _take(self, event: dict[str, object]) -> None:
        match event["type"]:
            case "subscribe":  # what was said before this moment was missed
                self._pause = FIRST_PAUSE
                self._hears.set()
                self._tell(None)
            case "message":
                self._tell(JobId(int(str(event["data"]))))

    def _tell(self, job_id: JobId | None) -> None:
        """A listener's mistake mustn't make the others deaf."""
        for listener in tuple(self._listeners):
            try:
                listener(job_id)
            except Exception:
                log.exception("job_news.unheard")


async def _ask(bus: PubSub) -> None:
    async with asyncio.timeout(SILENCE):
        await bus.ping()
