"""A job in a worker's hands: its lease holds as long as it is worked on."""

import asyncio
from dataclasses import dataclass

from luka_bot.models.errors import StorageAway
from luka_bot.models.job import Job
from luka_bot.models.job_errors import JobLost
from luka_bot.storage.job_runs import JobRuns

LINE = 200  # characters of progress


@dataclass(frozen=True, slots=True)
class JobPulse:
    """In seconds. lease: without a sign of its worker, after which another one takes the job. sign:
    between two of them; so soon a cancelled job stops, and so often its progress changes. sweep:
    between two looks for lost workers; so long a job waits at most whose ticket was lost."""

    lease: float = 15.0
    sign: float = 1.0
    sweep: float = 2.0


USUAL = JobPulse()


class Run:
    def __init__(self, runs: JobRuns, job: Job, token: str, pulse: JobPulse) -> None:
        self._runs = runs
        self._pulse = pulse
        self.job = job
        self.token = token
        self._line = ""
        self._lost = False

    async def tell(self, line: str) -> None:
        """A Tell."""
        if self._lost:
            raise JobLost
        self._line = " ".join(line.split())[:LINE]

    async def hold(self) -> None:
        """Until cancelled, however long Redis is away. Raises JobLost."""
        while True:
            await asyncio.sleep(self._pulse.sign)
            try:
                await self._runs.renew(self.job.id, self.token, self._pulse.lease, self._line)
            except StorageAway:
                continue
            except JobLost:
                self._lost = True
                raise

    async def give_back(self) -> None:
        """Raises JobLost, StorageAway."""
        await self._runs.give_back(self.job.id, self.token)
