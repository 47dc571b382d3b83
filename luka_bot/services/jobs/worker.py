"""Whoever does jobs: one is taken, held, done and written down, and then the next."""

import asyncio
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

import structlog
from structlog.contextvars import bound_contextvars

from luka_bot.background import Background, beside, let_end
from luka_bot.metrics_jobs import JOB_LAPSES, JOB_SECONDS, JOBS_ENDED
from luka_bot.models.errors import StorageAway
from luka_bot.models.job import Failure, JobState
from luka_bot.models.job_errors import JobFailed, JobGone, JobLost, JobMoved
from luka_bot.patience import insist
from luka_bot.services.jobs.run import USUAL, JobPulse, Run
from luka_bot.services.jobs.work import OUTPUT_LIMIT, Executor, Outcome, Work
from luka_bot.storage.job_codec import files_text
from luka_bot.storage.job_runs import JobRuns
from luka_bot.storage.jobs import JobStore, Move

LAST_WORDS = 5.0  # s that an end may take to be written down when luka is stopped
DETAIL = 500  # characters beside a failure's sentence
CUT = "\n\n[…]"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class WorkerRules:
    """name: as people and the log see it. at_once: jobs beside each other, here and over all
    workers. timeout: seconds of a job."""

    name: str
    at_once: int
    timeout: float
    pulse: JobPulse = USUAL


class JobWorker:
    """executors: by the names that jobs call them."""

    def __init__(
        self, store: JobStore, runs: JobRuns, executors: Mapping[str, Executor], rules: WorkerRules
    ) -> None:
        self._store = store
        self._runs = runs
        self._executors = executors
        self._rules = rules
        self._hands = Background()
        self._stopping = False

    async def run(self, stop: asyncio.Event, grace: float) -> None:
        """Look for jobs until stop is set; what runs then has grace seconds to end, and goes back
        to other workers. Cancelled, it goes back at once."""
        async with self._hands, Background() as looking:
            looking.spawn("look for jobs", self._look())
            try:
                await stop.wait()
            finally:
                self._stopping = True
            await looking.cancel()
            if not await self._hands.drain(grace):
                log.info("jobs.given_back", jobs=self._hands.running)

    async def serve(self) -> None:
        """Do jobs as long as there are any, if a hand is free; ends with the last of them."""
        if not self._stopping and self._hands.running < self._rules.at_once:
            await asyncio.wait({self._hands.spawn("do jobs", self._in_turn())})

    async def _look(self) -> None:
        """For workers that were lost, and for jobs without a ticket. After an outage those that
        live say so first."""
        while True:
            with suppress(StorageAway):
                await self._sweep()
            await asyncio.sleep(self._rules.pulse.sweep)

    async def _sweep(self) -> None:
        lapsed = await self._runs.lapse()
        JOB_LAPSES.inc(len(lapsed))
        for job_id, state in lapsed:
            log.warning("job.worker_lost", job_id=job_id, state=state.value)
        ready = await self._runs.ready()
        for _ in range(min(ready, self._rules.at_once - self._hands.running)):
            self._hands.spawn("do jobs", self._in_turn())

    async def _in_turn(self) -> None:
        while not self._stopping and (run := await self._taken()):
            with bound_contextvars(job_id=run.job.id):
                await self._do(run)

    async def _taken(self) -> Run | None:
        """With one token however often Redis is asked: what was taken isn't taken twice."""
        token, rules = secrets.token_hex(8), self._rules
        lease = rules.pulse.lease
        job = await insist(lambda: self._runs.claim(token, rules.name, lease, rules.at_once))
        return Run(self._runs, job, token, rules.pulse) if job else None

    async def _do(self, run: Run) -> None:
        job = run.job
        log.info("job.begun", executor=job.executor, tries=job.tries)
        begun = asyncio.get_running_loop().time()
        try:
            end = await self._end_of(run)
            await let_end(insist(lambda: self._store.move(job.id, end)), LAST_WORDS)
        except (JobLost, JobMoved, JobGone):
            log.info("job.lost")
            return
        except asyncio.CancelledError:
            await _give_back(run)
            raise
        seconds = asyncio.get_running_loop().time() - begun
        JOBS_ENDED.labels(end.to.value).inc()
        if end.to is JobState.COMPLETED:
            JOB_SECONDS.observe(seconds)
        error = end.fields.get("error", "")
        log.info("job.ended", state=end.to.value, seconds=round(seconds, 3), error=error)

    async def _end_of(self, run: Run) -> Move:
        """Raises JobLost."""
        limit = asyncio.timeout(self._rules.timeout)
        try:
            async with limit:
                return _completed(run, await beside(run.hold(), self._work(run)))
        except JobLost:
            raise
        except JobFailed as error:
            return _failed(run, error.failure, error.detail)
        except Exception as error:  # whatever is wrong with a job, the worker goes on
            if isinstance(error, TimeoutError) and limit.expired():
                return _failed(run, Failure.TIME, f"{self._rules.timeout:g} s")
            log.exception("job.fault")
            return _failed(run, Failure.FAULT)

    async def _work(self, run: Run) -> Outcome:
        executor = self._executors.get(run.job.executor)
        if executor is None:  # its type has been taken out of the settings since
            raise JobFailed(Failure.COMMAND, f"no worker does jobs of `{run.job.executor}`")
        thread = await insist(lambda: self._store.thread(run.job.id))
        return await executor.run(Work(run.job, thread), run.tell)


async def _give_back(run: Run) -> None:
    with suppress(JobLost, TimeoutError):
        async with asyncio.timeout(LAST_WORDS):
            await insist(run.give_back)


def _completed(run: Run, outcome: Outcome) -> Move:
    output = outcome.output
    if len(output) > OUTPUT_LIMIT:
        output = output[: OUTPUT_LIMIT - len(CUT)] + CUT
    fields = {"output": output, "outputs": files_text(outcome.outputs), "progress": ""}
    return Move(JobState.COMPLETED, token=run.token, request=run.token, fields=fields)


def _failed(run: Run, failure: Failure, detail: str = "") -> Move:
    fields = {"error": failure.value, "error_detail": detail.strip()[:DETAIL], "progress": ""}
    return Move(JobState.FAILED, token=run.token, request=run.token, fields=fields)
