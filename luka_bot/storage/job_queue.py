"""Tickets that say there is work, through pydocket: whoever has time hears of it at once.

The truth stands in jobs' own keys. A ticket that is lost costs the time until the next sweep, one
that comes twice finds nothing to do.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import structlog
from redis.exceptions import RedisError

from luka_bot.models.job import Job
from luka_bot.storage import keys
from luka_bot.storage.client import ANSWER_SECONDS, Storage, StorageKind, translated

if TYPE_CHECKING:
    from docket import Docket

REDELIVERED = timedelta(seconds=5)  # after which another worker gets the ticket of a lost one
LOOKED = timedelta(milliseconds=250)  # between two looks whether a place has become free
PLANNED = timedelta(seconds=30)  # between two looks for what begins later; nothing of ours does
AGAIN = timedelta(seconds=5)  # until a lost connection is made anew
TICKETS_MOST = 50  # that wait; then workers are busy, and take the next job without one
TICKET = "job"  # what pydocket calls it

Serve = Callable[[], Awaitable[None]]

log = structlog.get_logger(__name__)


class JobQueue:
    """redis_url: as in settings, "" for a server of our own."""

    def __init__(self, storage: Storage, redis_url: str) -> None:
        self._storage = storage
        self._url = redis_url or f"unix://{quote(storage.socket)}"
        self._docket: Docket | None = None

    @property
    def is_open(self) -> bool:
        return self._docket is not None

    async def put(self, job: Job) -> None:
        """Nothing where tickets aren't carried (yet). Raises StorageAway."""
        docket = self._docket
        if docket is None:
            return
        waiting = await self._storage.read(lambda redis: redis.xlen(docket.stream_key))
        if waiting >= TICKETS_MOST:
            return
        with translated():
            async with asyncio.timeout(ANSWER_SECONDS):
                await docket.add(TICKET, key=f"{job.id}:{job.tries}")(job.id)

    async def carry(self, name: str, serve: Serve | None, at_once: int) -> None:
        """Until cancelled. serve: called for each ticket that comes here, at_once of them beside
        each other; it must not raise. None: tickets are only sent from here. name: the worker's."""
        if self._storage.kind is StorageKind.MEMORY:
            return  # pydocket knows another memory than this
        library = await asyncio.to_thread(import_module, "docket")  # a second and more
        while True:
            try:
                await self._carry(library, name, serve, at_once)
            except (RedisError, OSError) as error:
                log.info("tickets.away", error=str(error), again_in=AGAIN.total_seconds())
            finally:
                self._docket = None
            await asyncio.sleep(AGAIN.total_seconds())

    async def _carry(self, library: Any, name: str, serve: Serve | None, at_once: int) -> None:  # noqa: ANN401 - the module
        async def job(number: int) -> None:
            log.debug("job.ticket", job_id=number)
            if serve is not None:
                await serve()

        opened = library.Docket(name=keys.TICKETS, url=self._url, execution_ttl=timedelta(0))
        async with opened as docket:
            docket.tasks.clear()  # of its own
            docket.register(job, names=[TICKET])
            self._docket = docket
            if serve is None:
                await asyncio.Event().wait()
            worker = library.Worker(
                docket,
                name=name,
                concurrency=at_once,
                redelivery_timeout=REDELIVERED,
                reconnection_delay=AGAIN,
                minimum_check_interval=LOOKED,
                scheduling_resolution=PLANNED,
                schedule_automatic_tasks=False,
            )
            async with worker:
                await _run(worker)


async def _run(worker: Any) -> None:  # noqa: ANN401 - pydocket's
    """It takes being cancelled for an end like another."""
    await worker.run_forever()
    current = asyncio.current_task()
    if current is not None and current.cancelling():
        raise asyncio.CancelledError
