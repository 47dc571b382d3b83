"""Who may do what with jobs: every door comes through here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from luka_bot.models.audit import Event
from luka_bot.models.ids import JobId
from luka_bot.models.job import (
    PROMPT_LIMIT,
    REASON_LIMIT,
    Job,
    JobState,
    JobStats,
    NewJob,
    Queued,
    Spot,
    Viewer,
    within,
)
from luka_bot.models.job_errors import (
    AdminsAlone,
    JobGone,
    NotYourJob,
    PromptInvalid,
    ReplyTooSoon,
    TypeUnknown,
)
from luka_bot.services.jobs.wishes import Wish
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.job_cards import JobCards
from luka_bot.storage.jobs import JobPage, JobStore, Move

Executors = Mapping[str, str]
"""The executor of each type of jobs, by the type's name; the usual type first."""


Ring = Callable[[Job], None]


@dataclass(frozen=True, slots=True)
class JobRules:
    """auto: no admin is asked. at_once: jobs that run beside each other. open_most: of a person."""

    types: Executors
    auto: bool
    at_once: int
    open_most: int


class JobService:
    """Raises what `job_errors.py` has, and StorageAway. request: by what the same wish is known
    where it comes a second time. What somebody may not is written down."""

    def __init__(self, store: JobStore, cards: JobCards, audit: AuditLog, rules: JobRules) -> None:
        self._store = store
        self._cards = cards
        self._audit = audit
        self.rules = rules
        self._ring: Ring = _nobody

    def wake_by(self, ring: Ring) -> None:
        """It is called with each job that may be begun. Must not wait. Whoever isn't told looks
        by themselves every other second."""
        self._ring = ring

    async def submit(self, viewer: Viewer, new: NewJob) -> tuple[Job, bool]:
        """The job, and whether it is new. A reply of an admin's becomes its owner's, who is told.

        Raises PromptInvalid, TypeUnknown, TooManyJobs; of a reply JobGone, NotYourJob,
        ReplyTooSoon.
        """
        prompt = new.prompt.strip()
        if not prompt or len(prompt) > PROMPT_LIMIT:
            raise PromptInvalid(PROMPT_LIMIT)
        executor = self._executor(new.job_type)
        new = replace(new, prompt=prompt, priority=within(new.priority))
        if new.parent is not None:
            new = await self._continuing(viewer, new, new.parent)
        state = JobState.APPROVED if self.rules.auto else JobState.PENDING
        job, is_new = await self._store.create(new, state, executor, self.rules.open_most)
        if job.state is JobState.APPROVED:
            self._ring(job)
        return job, is_new

    async def get(self, viewer: Viewer, job_id: JobId) -> Job:
        """Raises JobGone, NotYourJob."""
        return await self._seen(viewer, await self._store.get(job_id))

    async def thread(self, viewer: Viewer, job_id: JobId, *, whole: bool = True) -> tuple[Job, ...]:
        """All of its thread, or up to it; oldest first. Raises JobGone, NotYourJob."""
        found = await self._store.thread(job_id, whole=whole)
        if not found:
            raise JobGone(job_id)
        await self._seen(viewer, found[0])
        return found

    async def approve(self, viewer: Viewer, job_id: JobId, request: str) -> tuple[Job, bool]:
        """The job, and whether it was approved now. Raises JobGone, JobMoved, AdminsAlone."""
        await self._admin(viewer, "approve")
        job, now = await self._decide(viewer, job_id, JobState.APPROVED, request, "")
        if now:
            self._ring(job)
        return job, now

    async def reject(
        self, viewer: Viewer, job_id: JobId, request: str, reason: str = ""
    ) -> tuple[Job, bool]:
        """Raises as `approve` does. reason: beyond REASON_LIMIT it is cut."""
        await self._admin(viewer, "reject")
        return await self._decide(viewer, job_id, JobState.REJECTED, request, reason)

    async def give_reason(self, viewer: Viewer, job_id: JobId, reason: str) -> Job:
        """Why it was rejected, said afterwards. Raises JobGone, JobMoved, AdminsAlone."""
        await self._admin(viewer, "reject")
        return await self._store.explain(job_id, reason.strip()[:REASON_LIMIT])

    async def cancel(self, viewer: Viewer, job_id: JobId, request: str) -> tuple[Job, bool]:
        """Waiting or running, its owner's or by an admin; whoever runs it stops.

        Raises JobGone, NotYourJob, JobMoved.
        """
        job = await self.get(viewer, job_id)
        fields = {"decided_by": viewer.name, "decided_id": str(viewer.user_id)}
        move = Move(JobState.CANCELLED, request=request, fields=fields)
        found, now = await self._store.move(job_id, move)
        if now and job.owner != viewer.user_id:
            await self._note(Event.JOB_CANCELLED, viewer, found)
        return found, now

    async def edit(self, viewer: Viewer, job_id: JobId, wish: Wish) -> Job:
        """While it is pending. Raises JobGone, NotYourJob, JobMoved, PromptInvalid, TypeUnknown."""
        await self.get(viewer, job_id)
        fields = wish.fields()
        if wish.job_type is not None:
            fields["executor"] = self._executor(wish.job_type)
        return await self._store.edit(job_id, None, fields)

    async def remove(self, viewer: Viewer, job_id: JobId) -> Job:
        """One that has ended; its files stay. Raises JobGone, NotYourJob, JobMoved."""
        job = await self.get(viewer, job_id)
        await self._store.remove(job_id, None)
        if job.owner != viewer.user_id:
            await self._note(Event.JOB_REMOVED, viewer, job)
        return job

    async def replied_to(self, viewer: Viewer, job_id: JobId) -> Job:
        """The job, if a reply may go on with it. Raises JobGone, NotYourJob, ReplyTooSoon."""
        job = await self.get(viewer, job_id)
        if job.state is not JobState.COMPLETED:
            raise ReplyTooSoon(job_id, job.state)
        return job

    async def own(
        self, viewer: Viewer, offset: int, count: int, state: JobState | None = None
    ) -> JobPage:
        """Of one state, or all; newest first."""
        return await self._store.of_person(viewer.user_id, offset, count, state)

    async def everybodys(
        self, viewer: Viewer, state: JobState | None, offset: int, count: int
    ) -> JobPage:
        """Of one state, or all. Raises AdminsAlone."""
        await self._admin(viewer, "see_all")
        if state is None:
            return await self._store.all(offset, count)
        return await self._store.in_state(state, offset, count)

    async def queued(self, job: Job) -> Queued | None:
        """Where it waits; None once it doesn't."""
        return await self._store.queued(job, self.rules.at_once)

    async def stats(self) -> JobStats:
        return await self._store.stats()

    async def at(self, spot: Spot) -> JobId | None:
        """The job whose card or result this message is."""
        return await self._cards.at(spot)

    def type_named(self, text: str) -> str:
        """By its name, "" for the usual. Raises TypeUnknown."""
        name = text.strip().lower() or next(iter(self.rules.types))
        self._executor(name)
        return name

    def _executor(self, job_type: str) -> str:
        executor = self.rules.types.get(job_type)
        if executor is None:
            raise TypeUnknown(job_type, tuple(self.rules.types))
        return executor

    async def _continuing(self, viewer: Viewer, new: NewJob, parent: JobId) -> NewJob:
        """Whoever writes it, a thread is one person's."""
        first = await self.replied_to(viewer, parent)
        return replace(
            new,
            owner=first.owner,
            owner_name=first.owner_name,
            folder=first.folder,
            by=viewer.user_id,
            by_name=viewer.name,
            model=first.model,
            system_prompt=first.system_prompt,
            language=first.language,
        )

    async def _decide(
        self, viewer: Viewer, job_id: JobId, to: JobState, request: str, reason: str
    ) -> tuple[Job, bool]:
        fields = {"decided_by": viewer.name, "decided_id": str(viewer.user_id)}
        fields["reason"] = reason.strip()[:REASON_LIMIT]
        fields["decided_at"] = self._store.now
        pending = frozenset({JobState.PENDING})
        move = Move(to, request=request, fields=fields, only_from=pending)
        job, now = await self._store.move(job_id, move)
        if now:
            event = Event.JOB_APPROVED if to is JobState.APPROVED else Event.JOB_REJECTED
            await self._note(event, viewer, job)
        return job, now

    async def _seen(self, viewer: Viewer, job: Job) -> Job:
        if not viewer.may_see(job):
            await self._refused(viewer, "job")
            raise NotYourJob(job.id)
        return job

    async def _admin(self, viewer: Viewer, what: str) -> None:
        if not viewer.is_admin:
            await self._refused(viewer, f"job_{what}")
            raise AdminsAlone

    async def _refused(self, viewer: Viewer, what: str) -> None:
        await self._audit.note(Event.REFUSED, viewer.user_id, viewer.name, detail=what)

    async def _note(self, event: Event, viewer: Viewer, job: Job, more: str = "") -> None:
        detail = f"{job.id} {more}".strip()
        await self._audit.note(event, viewer.user_id, viewer.name, job.owner, detail)


def _nobody(job: Job) -> None:
    """Where no workers are to be told."""
