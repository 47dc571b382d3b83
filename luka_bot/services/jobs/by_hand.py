"""Jobs that somebody does by hand, with the command line: begun, and ended with what came of it."""

from collections.abc import Sequence

from luka_bot.models.audit import Event
from luka_bot.models.ids import JobId
from luka_bot.models.job import REASON_LIMIT, Failure, Job, JobFile, JobState, Viewer
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.job_codec import files_text
from luka_bot.storage.jobs import BY_HAND, JobStore, Move

HAND = "hand"  # the token of every run by hand: whoever is at the command line may end it


class ByHand:
    """For who may look after luka's machine. Raises JobGone, JobMoved, JobLost where a worker does
    the job, and StorageAway."""

    def __init__(self, store: JobStore, audit: AuditLog) -> None:
        self._store = store
        self._audit = audit

    async def start(self, viewer: Viewer, job_id: JobId) -> Job:
        """An approved one; no worker takes it from then on."""
        fields = {"token": HAND, "worker": viewer.name, "started_at": self._store.now}
        move = Move(JobState.PROCESSING, lease=BY_HAND, fields=fields)
        return await self._moved(viewer, job_id, move)

    async def complete(
        self, viewer: Viewer, job_id: JobId, output: str, outputs: Sequence[JobFile] = ()
    ) -> Job:
        """Output: Markdown. outputs: files in its owner's folder."""
        fields = {"output": output, "outputs": files_text(outputs)}
        return await self._moved(
            viewer, job_id, Move(JobState.COMPLETED, token=HAND, fields=fields)
        )

    async def fail(self, viewer: Viewer, job_id: JobId, why: str) -> Job:
        fields = {"error": Failure.TOLD.value, "error_detail": why.strip()[:REASON_LIMIT]}
        move = Move(JobState.FAILED, token=HAND, fields=fields)
        return await self._moved(viewer, job_id, move)

    async def _moved(self, viewer: Viewer, job_id: JobId, move: Move) -> Job:
        job, _ = await self._store.move(job_id, move)
        detail = f"{job_id} {move.to.value}"
        event = Event.JOB_BY_HAND
        await self._audit.note(event, viewer.user_id, viewer.name, job.owner, detail)
        return job
