"""A worker's side of jobs in Redis: one is claimed, held by a lease, and given back."""

from luka_bot.models.clock import Clock
from luka_bot.models.ids import JobId
from luka_bot.models.job import TRIES, Failure, Job, JobState
from luka_bot.models.job_errors import JobLost
from luka_bot.storage import keys
from luka_bot.storage.client import Storage
from luka_bot.storage.job_codec import job_of
from luka_bot.storage.scripts import Script

_CLAIM = Script.load("job_claim", "job", repeatable=True)
_RENEW = Script.load("job_renew", "job", repeatable=True)
_GIVE_BACK = Script.load("job_give_back", "job", repeatable=True)
_LAPSE = Script.load("job_lapse", "job", repeatable=True)


class JobRuns:
    """clock: seconds since the epoch. Every method may raise StorageAway."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def claim(self, token: str, worker: str, lease: float, most: int) -> Job | None:
        """The job whose turn it is, for this run. None if none waits, or most run already.

        Asked again with the same token, it is the same job.
        """
        args: list[str | int] = [repr(self._clock()), token, worker, repr(lease), most]
        match await self._storage.run(_CLAIM, args=args):
            case ["OK", hash_]:
                return job_of(hash_)
        return None

    async def renew(self, job_id: JobId, token: str, lease: float, progress: str = "") -> None:
        """Raises JobLost: cancelled, or another run has it."""
        args = [str(job_id), token, repr(self._clock()), repr(lease), progress]
        if await self._storage.run(_RENEW, args=args) == ["LOST"]:
            raise JobLost

    async def give_back(self, job_id: JobId, token: str) -> None:
        """To whoever has time for it; this try doesn't count. Raises JobLost."""
        args = [str(job_id), token, repr(self._clock())]
        if await self._storage.run(_GIVE_BACK, args=args) == ["LOST"]:
            raise JobLost

    async def lapse(self) -> tuple[tuple[JobId, JobState], ...]:
        """Jobs whose lease ended, and where they went."""
        args: list[str | int] = [repr(self._clock()), TRIES, Failure.LOST.value]
        flat = await self._storage.run(_LAPSE, args=args)
        pairs = zip(flat[::2], flat[1::2], strict=True)
        return tuple((JobId(int(one)), JobState(state)) for one, state in pairs)

    async def unattended(self) -> int:
        """How many wait for a worker, while none does any; 0 while one does."""
        name, ready = keys.jobs(JobState.PROCESSING.value), keys.jobs("ready")
        by_workers = await self._storage.read(lambda redis: redis.zcount(name, "-inf", "(inf"))
        if by_workers:
            return 0
        return int(await self._storage.read(lambda redis: redis.zcard(ready)))

    async def ready(self) -> int:
        """How many a worker could begin, were there room."""
        return int(await self._storage.read(lambda redis: redis.zcard(keys.jobs("ready"))))
