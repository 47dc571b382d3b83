"""A download on its way: shown in one message, gone on with after a restart, cancelled anywhere."""

import asyncio
from contextlib import aclosing, suppress
from dataclasses import replace
from uuid import uuid4

import structlog

from luka_bot.background import Background, unless
from luka_bot.delivery.courier import Courier
from luka_bot.handlers.admin import pull_card
from luka_bot.handlers.admin.pull_gauge import Gauge
from luka_bot.handlers.progress import ProgressMessage
from luka_bot.llm.protocol import ModelShelf
from luka_bot.locales import words_for
from luka_bot.models.audit import Event
from luka_bot.models.clock import Clock
from luka_bot.models.errors import ModelError, ModelFailed, StorageAway
from luka_bot.models.pull import Pull
from luka_bot.services.adopter import Adopter
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.client import Storage
from luka_bot.storage.pulls import PulledElsewhere, PullGone, Pulls

NOTE_EVERY = 1.0  # s; how soon a cancellation is seen
PATIENCE = 300.0  # s without a byte in which the server is asked again
FAILURES = 5  # that a server may tell in a row
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # s between tries, doubling

log = structlog.get_logger(__name__)


class _Job:
    """One download in this process. over: nothing more is noted of it."""

    def __init__(self, pull: Pull, run: str, progress: ProgressMessage, clock: Clock) -> None:
        self.run = run
        self.progress = progress
        self.gauge = Gauge(pull.completed, pull.total, clock)
        self.words = words_for(pull.overseer.language)
        self.error: ModelError | None = None
        self.cancelled_by = ""
        self.lost = False
        self.stop = asyncio.Event()
        self.over = asyncio.Event()
        self._pull = pull

    @property
    def pull(self) -> Pull:
        """As far as it is by now."""
        gauge = self.gauge
        overseer = replace(self._pull.overseer, message_id=self.progress.message_id)
        return Pull(self._pull.name, overseer, gauge.phase, gauge.completed, gauge.total)


class Pulling:
    """clock is monotonic."""

    def __init__(
        self,
        storage: Storage,
        background: Background,
        courier: Courier,
        shelf: ModelShelf | None,
        audit: AuditLog,
        clock: Clock,
    ) -> None:
        self.store = Pulls(storage)
        self._background = background
        self._courier = courier
        self._shelf = shelf
        self._audit = audit
        self._clock = clock
        self._adopter = Adopter("pull", storage, background, self.store.under_way, self._pull)

    @property
    def can_pull(self) -> bool:
        """False where the server has its own models."""
        return self._shelf is not None

    def look_now(self) -> None:
        self._adopter.look_now()

    async def run(self) -> None:
        """Nothing is adopted where the server takes no models."""
        if self._shelf is not None:
            await self._adopter.run()

    async def _pull(self, name: str) -> None:
        run = uuid4().hex
        try:
            pull = await self.store.adopt(name, run)
        except PullGone:
            await self.store.close(name)
            return
        progress = ProgressMessage(self._courier, pull.overseer, self._clock)
        job = _Job(pull, run, progress, self._clock)
        await progress.tell(pull_card.progress(job.words, pull), pull_card.cancel(job.words, name))
        noting = self._background.spawn(f"note {name}", self._note(job))
        try:
            await unless(job.stop, self._download(job, name))
            job.over.set()
            await asyncio.wait([noting])
        except asyncio.CancelledError:
            await self._leave(job)
            raise
        finally:
            noting.cancel()
        if not job.lost:
            await self._end(job)

    async def _download(self, job: _Job, name: str) -> None:
        """Until it is here, or job.error says why it never will be."""
        pause, failures = FIRST_PAUSE, 0
        while True:
            moved_at = job.gauge.moved_at
            try:
                await self._hear(job.gauge, name)
            except ModelError as error:
                log.info("pull.interrupted", model=name, why=type(error).__name__)
                if job.gauge.moved_at > moved_at:
                    pause, failures = FIRST_PAUSE, 0
                failures += isinstance(error, ModelFailed)
                if self._is_last(error, failures, job.gauge):
                    job.error = error
                    return
            else:
                return
            job.gauge.wait()
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _hear(self, gauge: Gauge, name: str) -> None:
        if self._shelf is None:
            return
        async with aclosing(self._shelf.pull(name)) as lines:
            async for line in lines:
                gauge.hear(line)

    def _is_last(self, error: ModelError, failures: int, gauge: Gauge) -> bool:
        if pull_card.is_final(error) or failures >= FAILURES:
            return True
        return self._clock() - gauge.moved_at >= PATIENCE

    async def _note(self, job: _Job) -> None:
        """Keeps what a process after us needs, looks whether it is cancelled, and draws."""
        while not job.over.is_set():
            try:
                job.cancelled_by = await self.store.note(job.pull, job.run)
            except PulledElsewhere:
                job.lost = True
            except StorageAway:
                log.debug("pull.storage_away")
            if job.lost or job.cancelled_by:
                job.stop.set()
                return
            if job.progress.due:
                await _draw(job)
            with suppress(TimeoutError):
                async with asyncio.timeout(NOTE_EVERY):
                    await job.over.wait()

    async def _leave(self, job: _Job) -> None:
        """For the process that goes on."""
        with suppress(StorageAway, PulledElsewhere):
            await self.store.note(job.pull, job.run)

    async def _end(self, job: _Job) -> None:
        """Told, written down, and only then forgotten."""
        pull, words = job.pull, job.words
        if job.error is not None:
            await job.progress.tell(pull_card.failed(words, pull, job.error))
        elif job.cancelled_by:
            await job.progress.tell(pull_card.cancelled(words, pull, job.cancelled_by))
        else:
            keyboard = pull_card.done_keyboard(words, pull.name)
            await job.progress.tell(pull_card.done(words, pull), keyboard)
            overseer = pull.overseer
            await self._audit.note(
                Event.MODEL_PULLED, overseer.by, overseer.by_name, detail=pull.name
            )
        await self.store.close(pull.name)


async def _draw(job: _Job) -> None:
    html = pull_card.progress(job.words, job.pull, job.gauge.speed())
    await job.progress.draw(html, pull_card.cancel(job.words, job.pull.name))
