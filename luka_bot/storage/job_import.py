"""Jobs of another system, brought into Redis with the numbers that they had."""

from dataclasses import dataclass

from luka_bot.models.ids import JobId, UserId
from luka_bot.models.job import JobFile, JobState
from luka_bot.storage import keys
from luka_bot.storage.client import Storage
from luka_bot.storage.job_codec import files_text
from luka_bot.storage.scripts import Script

_IMPORT = Script.load("job_import", "job", repeatable=True)


@dataclass(frozen=True, slots=True)
class OldJob:
    """origin: by what it is known where it is brought in again. thread_id None: it is the first of
    its thread. Moments are seconds since the epoch."""

    id: JobId
    origin: str
    owner: UserId
    owner_name: str
    folder: str
    prompt: str
    state: JobState
    job_type: str
    executor: str
    priority: int
    created_at: float
    thread_id: JobId | None = None
    parent_id: JobId | None = None
    ended_at: float = 0.0
    files: tuple[JobFile, ...] = ()
    outputs: tuple[JobFile, ...] = ()
    output: str = ""
    error_detail: str = ""
    reason: str = ""
    decided_by: str = ""


class JobImport:
    """Every method may raise StorageAway."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def bring(self, old: OldJob) -> str:
        """OK, AGAIN where it is there already, TAKEN where another job has its number."""
        head = [str(old.id), old.origin, str(old.owner), str(old.thread_id or 0)]
        head += [str(old.parent_id or ""), old.state.value, old.executor]
        head += [repr(old.created_at), repr(old.ended_at)]
        reply = await self._storage.run(_IMPORT, [keys.JOB_SEQ], [*head, *_fields(old)])
        return str(reply[0])


def _fields(old: OldJob) -> list[str]:
    named = {
        "owner_name": old.owner_name,
        "folder": old.folder,
        "prompt": old.prompt,
        "job_type": old.job_type,
        "priority": str(old.priority),
        "files": files_text(old.files),
        "outputs": files_text(old.outputs),
        "output": old.output,
        "error": "told" if old.error_detail else "",
        "error_detail": old.error_detail,
        "reason": old.reason,
        "decided_by": old.decided_by,
    }
    return [text for pair in named.items() for text in pair]
