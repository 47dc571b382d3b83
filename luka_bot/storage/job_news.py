"""Who is told of every change of a job, in whatever process it was made: one connection each."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import structlog

from luka_bot.background import Background
from luka_bot.models.ids import JobId
from luka_bot.storage import keys
from luka_bot.storage.client import Storage
from luka_bot.storage.ear import START_PATIENCE, Ear, Heard

JobListener = Callable[[JobId | None], None]
"""Called with the job that has changed; with None where news may have been missed. Must not wait.
What it is told of is looked up by itself: news can come twice, and in another order."""

log = structlog.get_logger(__name__)


class JobNews:
    """Listeners may come and go while it runs."""

    def __init__(self, storage: Storage) -> None:
        self._listeners: list[JobListener] = []
        self._hears = asyncio.Event()
        self._ear = Ear(storage, "jobs", lambda bus: bus.subscribe(keys.JOB_NEWS), self._take)

    def follow(self, listener: JobListener) -> Callable[[], None]:
        """Tell it from now on; the function that is given back ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Enters when it hears, or when Redis is away: then it hears as soon as it is back."""
        async with Background() as tasks:
            tasks.spawn("hear news of jobs", self._ear.run())
            with suppress(TimeoutError):
                async with asyncio.timeout(START_PATIENCE):
                    await self._hears.wait()
            yield

    def _take(self, event: Heard) -> None:
        match event["type"]:
            case "subscribe":  # what was said before this moment was missed
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
