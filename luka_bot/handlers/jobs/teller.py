"""Tells people and admins how jobs are: from what is stored, never from what was heard."""

import asyncio
from contextlib import suppress

import structlog

from luka_bot.background import Background
from luka_bot.handlers.jobs.drawing import JobDrawing
from luka_bot.handlers.jobs.results import JobResults
from luka_bot.models.clock import Clock
from luka_bot.models.errors import StorageAway
from luka_bot.models.ids import JobId
from luka_bot.models.job import Job, JobState
from luka_bot.models.job_errors import JobGone
from luka_bot.storage.job_cards import JobCards
from luka_bot.storage.jobs import JobStore

LOOK_EVERY = 2.0  # s; news wakes it at once
KEEP_EVERY = 10.0  # s between two looks at the places of those that wait ...
KEEP_SOON = 2.0  # ... where none has moved meanwhile; else so many
KEPT_AT_ONCE = 20  # cards
LOOKED_AT = 100  # waiting jobs of a state, the first ones
PROGRESS_EVERY = 1.5  # s between two lines of progress; groups may have 20 messages a minute ...
GROUP_PROGRESS_EVERY = 12.0  # ... in all
FAULT_PAUSE = 60.0  # s that a job rests with which something of ours is wrong

log = structlog.get_logger(__name__)


class Teller:
    """clock is monotonic. One at a time over all processes; whoever starts it sees to that."""

    def __init__(
        self,
        store: JobStore,
        cards: JobCards,
        drawing: JobDrawing,
        results: JobResults,
        clock: Clock,
    ) -> None:
        self._store = store
        self._cards = cards
        self._drawing = drawing
        self._results = results
        self._clock = clock
        self._news = asyncio.Event()
        self._busy: set[JobId] = set()
        self._drawn: dict[JobId, tuple[JobState, float]] = {}
        self._resting: dict[JobId, float] = {}
        self._moved = False
        self._kept_at = float("-inf")

    def wake(self, _: JobId | None = None) -> None:
        self._news.set()

    async def run(self) -> None:
        """For ever."""
        self._busy.clear()
        async with Background() as tasks:
            while True:
                self._news.clear()
                with suppress(StorageAway):
                    await self._begin(tasks)
                    await self._keep_current()
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_EVERY):
                        await self._news.wait()

    async def _begin(self, tasks: Background) -> None:
        """A chat that is slow keeps nobody else waiting."""
        for job_id in await self._cards.untold():
            if job_id in self._busy or self._resting.get(job_id, 0.0) > self._clock():
                continue
            self._busy.add(job_id)
            tasks.spawn(f"tell of job {job_id}", self._tell(job_id))

    async def _tell(self, job_id: JobId) -> None:
        try:
            await self._told(job_id)
            self._resting.pop(job_id, None)
        except StorageAway:
            log.debug("teller.storage_away")
        except Exception:
            log.exception("teller.failed", job=job_id)
            self._resting[job_id] = self._clock() + FAULT_PAUSE
        finally:
            self._busy.discard(job_id)

    async def _told(self, job_id: JobId) -> None:
        try:
            job = await self._store.get(job_id)
        except JobGone:
            self._let_go(job_id)
            await self._cards.told(job_id, 0)
            return
        goes_on = self._goes_on(job)
        if goes_on and self._too_soon(job):
            return
        await self._drawing.persons_card(job)
        if not goes_on:  # how far it is doesn't stand on the admins' card
            await self._drawing.admins_card(job)
        self._moved = self._moved or not goes_on
        self._drawn[job_id] = (job.state, self._clock())
        if job.has_ended:
            await self._end(job_id)
        await self._cards.told(job_id, job.version)
        self.wake()

    async def _end(self, job_id: JobId) -> None:
        """By now the job knows where its card stands."""
        job = await self._store.get(job_id)
        target = await self._drawing.place(job)
        if target is not None:
            await self._results.tell(job, target)
        self._let_go(job_id)

    def _let_go(self, job_id: JobId) -> None:
        self._drawing.let_go(job_id)
        self._drawn.pop(job_id, None)

    def _goes_on(self, job: Job) -> bool:
        """Whether all that is new is its progress."""
        state, _ = self._drawn.get(job.id, (None, 0.0))
        return job.state is JobState.PROCESSING and state is JobState.PROCESSING

    def _too_soon(self, job: Job) -> bool:
        in_group = job.card is not None and job.card.chat_id < 0
        pause = GROUP_PROGRESS_EVERY if in_group else PROGRESS_EVERY
        return self._clock() - self._drawn[job.id][1] < pause

    async def _keep_current(self) -> None:
        now, left = self._clock(), KEPT_AT_ONCE
        if now - self._kept_at < (KEEP_SOON if self._moved else KEEP_EVERY):
            return
        self._kept_at, self._moved = now, False
        for state in (JobState.APPROVED, JobState.PENDING):
            for job in (await self._store.in_state(state, 0, LOOKED_AT)).jobs:
                if left and job.id not in self._busy and job.told == job.version:
                    left -= await self._kept(job)

    async def _kept(self, job: Job) -> bool:
        self._busy.add(job.id)
        try:
            return await self._drawing.keep_current(job)
        finally:
            self._busy.discard(job.id)
