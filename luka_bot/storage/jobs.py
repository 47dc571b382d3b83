"""Jobs in Redis: states change by scripts that look before they change anything."""

from dataclasses import dataclass, field
from statistics import median

from luka_bot.models.clock import Clock
from luka_bot.models.ids import JobId, UserId
from luka_bot.models.job import (
    ENDED,
    MOVES,
    Job,
    JobState,
    JobStats,
    NewJob,
    Queued,
)
from luka_bot.models.job_errors import (
    JobGone,
    JobLost,
    JobMoved,
    NotYourJob,
    ReplyTooSoon,
    TooManyJobs,
)
from luka_bot.storage import keys
from luka_bot.storage.client import Reply, Storage
from luka_bot.storage.job_codec import job_of, new_fields
from luka_bot.storage.scripts import Script

_NEW = Script.load("job_new", "job", repeatable=True)
_MOVE = Script.load("job_move", "job", repeatable=True)
_EDIT = Script.load("job_edit", "job", repeatable=True)
_PAGE = Script.load("job_page", "job", repeatable=True)
_THREAD = Script.load("job_thread", "job", repeatable=True)
_REMOVE = Script.load("job_remove", "job", repeatable=True)

BY_HAND = "inf"  # the end of a lease that never ends: somebody does the job by hand


@dataclass(frozen=True, slots=True)
class Move:
    """to: the new state. owner: whose it must be, None for anybody's. token: of the run that it
    must be. request: by what the same move is known if it is asked for again. by: who is told to
    have moved it, where it moved before. fields: what is written beside it."""

    to: JobState
    owner: UserId | None = None
    token: str = ""
    request: str = ""
    lease: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    only_from: frozenset[JobState] | None = None

    @property
    def sources(self) -> frozenset[JobState]:
        every = frozenset(state for state, to in MOVES.items() if self.to in to)
        return every if self.only_from is None else every & self.only_from


@dataclass(frozen=True, slots=True)
class JobPage:
    total: int
    jobs: tuple[Job, ...]


class JobStore:
    """clock: seconds since the epoch. Every method may raise StorageAway."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    @property
    def now(self) -> str:
        """As moments are stored."""
        return repr(self._clock())

    async def create(
        self, new: NewJob, state: JobState, executor: str, most: int
    ) -> tuple[Job, bool]:
        """The job, and whether it is new: one of this origin may be there already. most: open jobs
        of a person. Raises JobGone, NotYourJob and ReplyTooSoon about the parent, TooManyJobs."""
        parent = new.parent or JobId(0)
        head = [repr(self._clock()), str(new.owner), str(new.parent or ""), state.value, str(most)]
        names = [keys.job_of(new.origin), keys.JOB_SEQ]
        args = [*head, "executor", executor, *new_fields(new)]
        match await self._storage.run(_NEW, names, args):
            case ["OK" | "AGAIN" as said, hash_]:
                return job_of(hash_), said == "OK"
            case ["GONE"]:
                raise JobGone(parent)
            case ["OTHERS"]:
                raise NotYourJob(parent)
            case ["EARLY", its]:
                raise ReplyTooSoon(parent, JobState(its))
        raise TooManyJobs(most)

    async def get(self, job_id: JobId) -> Job:
        """Raises JobGone."""
        found = await self._storage.read(lambda redis: redis.hgetall(keys.job(job_id)))
        if not found:
            raise JobGone(job_id)
        return job_of([str(text) for pair in found.items() for text in pair])

    async def move(self, job_id: JobId, move: Move) -> tuple[Job, bool]:
        """The job, and whether it moved now: the same request may have moved it before.

        Raises JobGone, NotYourJob, JobMoved, and JobLost where another run has it.
        """
        args = [str(job_id), ",".join(sorted(move.sources)), move.to.value, repr(self._clock())]
        args += ["" if move.owner is None else str(move.owner), move.token, move.request]
        args += [move.lease, *(text for pair in move.fields.items() for text in pair)]
        reply = await self._storage.run(_MOVE, args=args)
        if reply[0] == "LOST":
            raise JobLost
        return _found(job_id, reply), reply[-1] == "1"

    async def edit(self, job_id: JobId, owner: UserId | None, fields: dict[str, str]) -> Job:
        """While it is pending. Raises JobGone, NotYourJob, JobMoved."""
        args = [str(job_id), "" if owner is None else str(owner), self.now]
        args += ["pending", *(text for pair in fields.items() for text in pair)]
        return _found(job_id, await self._storage.run(_EDIT, args=args))

    async def explain(self, job_id: JobId, reason: str) -> Job:
        """Why it was rejected. Raises JobGone, JobMoved where it wasn't."""
        args = [str(job_id), "", self.now, "rejected", "reason", reason]
        return _found(job_id, await self._storage.run(_EDIT, args=args))

    async def of_person(
        self, owner: UserId, offset: int, count: int, state: JobState | None = None
    ) -> JobPage:
        """Of one state, or all; newest first."""
        names = (
            [keys.user_jobs(owner)]
            if state is None
            else [
                keys.user_jobs(owner),
                keys.jobs(state.value),
            ]
        )
        return await self._page(names, offset, count, newest=True)

    async def all(self, offset: int, count: int) -> JobPage:
        """Newest first."""
        return await self._page([keys.jobs("all")], offset, count, newest=True)

    async def in_state(self, state: JobState, offset: int, count: int) -> JobPage:
        """Waiting ones by priority and age, those that have ended newest first."""
        newest = state in ENDED
        return await self._page([keys.jobs(state.value)], offset, count, newest=newest)

    async def thread(self, job_id: JobId, *, whole: bool = False) -> tuple[Job, ...]:
        """Up to this job, or whole; oldest first. Empty where there is no such job."""
        found = await self._storage.run(_THREAD, args=[str(job_id), "1" if whole else "0"])
        return tuple(map(job_of, found))

    async def remove(self, job_id: JobId, owner: UserId | None, *, open_too: bool = False) -> None:
        """Raises JobGone, NotYourJob, and JobMoved where it hasn't ended."""
        args = [str(job_id), "" if owner is None else str(owner), "1" if open_too else "0"]
        reply = await self._storage.run(_REMOVE, args=args)
        if reply != ["OK"]:
            _found(job_id, reply)

    async def queued(self, job: Job, at_once: int) -> Queued | None:
        """None where it doesn't wait. at_once: jobs that run beside each other."""
        name = keys.jobs(job.state.value)
        found = await self._storage.read(lambda redis: redis.zrank(name, str(job.id)))
        if not isinstance(found, int) or job.state not in {JobState.PENDING, JobState.APPROVED}:
            return None
        running = await self._count(JobState.PROCESSING)
        turns = (found + running) // at_once
        seconds = await self.usual_seconds() if job.state is JobState.APPROVED else 0.0
        return Queued(found + 1, turns * seconds)

    async def usual_seconds(self) -> float:
        """That a job took, by the median of the last 50; 0.0 where none was measured."""
        found = await self._storage.read(lambda redis: redis.lrange(keys.jobs("seconds"), 0, -1))
        return median(map(float, found)) if found else 0.0

    async def stats(self) -> JobStats:
        counts = {state: await self._count(state) for state in JobState}
        return JobStats(counts, await self.usual_seconds())

    async def _count(self, state: JobState) -> int:
        name = keys.jobs(state.value)
        return int(await self._storage.read(lambda redis: redis.zcard(name)))

    async def _page(self, names: list[str], offset: int, count: int, *, newest: bool) -> JobPage:
        args: list[str | int] = [offset, count, "1" if newest else "0"]
        total, *hashes = await self._storage.run(_PAGE, names, args)
        return JobPage(int(total), tuple(job_of(one) for one in hashes if one))


def _found(job_id: JobId, reply: Reply) -> Job:
    match reply:
        case ["OK", hash_, *_]:
            return job_of(hash_)
        case ["GONE"]:
            raise JobGone(job_id)
        case ["OTHERS"]:
            raise NotYourJob(job_id)
        case ["MOVED", hash_]:
            moved = job_of(hash_)
            raise JobMoved(job_id, moved.state, moved.decided_by)
    raise AssertionError(reply)
