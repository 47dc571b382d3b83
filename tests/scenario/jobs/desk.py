"""Jobs on a real server, for people who hand them in, decide about them and do them."""

from dataclasses import dataclass, replace
from itertools import count
from typing import TypedDict, Unpack

from luka_bot.models.ids import JobId, UserId
from luka_bot.models.job import Job, JobFile, JobState, NewJob, Viewer
from luka_bot.services.jobs.by_hand import ByHand
from luka_bot.services.jobs.job_service import JobRules, JobService
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.client import Storage
from luka_bot.storage.job_cards import JobCards
from luka_bot.storage.job_runs import JobRuns
from luka_bot.storage.jobs import JobStore, Move
from tests.redis_fixtures import HandClock

TAM = Viewer(UserId(7), "tam")
EVE = Viewer(UserId(8), "eve")
ADMIN = Viewer(UserId(9), "olga", is_admin=True)
TYPES = {"general": "model", "report": "manual"}
LEASE = 15.0
OPEN_MOST = 5

_origins = count()


class Fields(TypedDict, total=False):
    """Of a new job, where it isn't the usual one."""

    owner: UserId
    owner_name: str
    folder: str
    files: tuple[JobFile, ...]
    job_type: str
    priority: int
    parent: JobId


@dataclass(frozen=True, slots=True)
class Desk:
    service: JobService
    store: JobStore
    runs: JobRuns
    cards: JobCards
    by_hand: ByHand
    audit: AuditLog
    clock: HandClock

    async def asked(self, prompt: str = "Count the apples", **fields: Unpack[Fields]) -> Job:
        """Tam's, unless fields say otherwise."""
        new = NewJob(f"test:{next(_origins)}", TAM.user_id, TAM.name, "users/tam", prompt)
        job, _ = await self.service.submit(TAM, replace(new, **fields))
        return job

    async def approved(self, prompt: str = "Count the apples", **fields: Unpack[Fields]) -> Job:
        job = await self.asked(prompt, **fields)
        return (await self.service.approve(ADMIN, job.id, f"ok {job.id}"))[0]

    async def running(self, run: str = "run", **fields: Unpack[Fields]) -> Job:
        await self.approved(**fields)
        claimed = await self.runs.claim(run, "w1", LEASE, 100)
        assert claimed is not None
        return claimed

    async def completed(self, output: str = "Five.", **fields: Unpack[Fields]) -> Job:
        job = await self.running(f"run {next(_origins)}", **fields)
        return await self.ended(job.id, JobState.COMPLETED, output)

    async def ended(self, job_id: JobId, to: JobState, output: str = "") -> Job:
        """As whoever has it."""
        job, _ = await self.store.move(job_id, Move(to, fields={"output": output}))
        return job

    async def in_state(self, state: JobState) -> Job:
        match state:
            case JobState.PENDING:
                return await self.asked()
            case JobState.REJECTED:
                job = await self.asked()
                return (await self.service.reject(ADMIN, job.id, f"no {job.id}", "Not here"))[0]
            case JobState.APPROVED:
                return await self.approved()
            case JobState.CANCELLED:
                job = await self.asked()
                return (await self.service.cancel(TAM, job.id, f"stop {job.id}"))[0]
        job = await self.running(f"run {next(_origins)}")
        return job if state is JobState.PROCESSING else await self.ended(job.id, state)


def desk_on(storage: Storage, clock: HandClock, *, auto: bool = False) -> Desk:
    store, cards, audit = JobStore(storage, clock), JobCards(storage), AuditLog(storage, clock)
    rules = JobRules(TYPES, auto, at_once=1, open_most=OPEN_MOST)
    service = JobService(store, cards, audit, rules)
    runs, by_hand = JobRuns(storage, clock), ByHand(store, audit)
    return Desk(service, store, runs, cards, by_hand, audit, clock)
