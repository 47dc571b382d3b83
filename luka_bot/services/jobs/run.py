"""A job in a worker's hands: its lease holds as long as it is worked on."""

import asyncio

from luka_bot.models.errors import StorageAway
from luka_bot.models.job import Job
from luka_bot.models.job_errors import JobLost
from luka_bot.storage.job_runs import JobRuns

LEASE = 15.0  # s without a sign of its worker, after which another one takes the job
LOOK_EVERY = 1.0  # s between two signs; so soon a cancelled job stops, and so often progress shows
LINE = 200  # characters of progress


class Run:
    def __init__(self, runs: JobRuns, job: Job, token: str) -> None:
        self._runs = runs
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
            await asyncio.sleep(LOOK_EVERY)
            try:
                await self._runs.renew(self.job.id, self.token, LEASE, self._line)
            except StorageAway:
                continue
            except JobLost:
                self._lost = True
                raise

    async def give_back(self) -> None:
        """Raises JobLost, StorageAway."""
        await self._runs.give_back(self.job.id, self.token)
