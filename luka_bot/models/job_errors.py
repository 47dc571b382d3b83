"""What people are refused about jobs and files; the tree stands in errors.py."""

from pathlib import Path

from luka_bot.models.errors import LukaError, Refused
from luka_bot.models.ids import JobId
from luka_bot.models.job import Failure, JobState


class JobRefused(Refused):
    """Something about a job or a file."""


class JobGone(JobRefused):
    """No such job."""

    def __init__(self, job_id: JobId) -> None:
        super().__init__(job_id)
        self.job_id = job_id


class NotYourJob(JobRefused):
    """Somebody else's; only an admin may see it."""

    def __init__(self, job_id: JobId) -> None:
        super().__init__(job_id)
        self.job_id = job_id


class JobMoved(JobRefused):
    """It isn't in the state that this needs. by: who brought it there, "" if nobody did."""

    def __init__(self, job_id: JobId, state: JobState, by: str = "") -> None:
        super().__init__(job_id, state, by)
        self.job_id = job_id
        self.state = state
        self.by = by


class ReplyTooSoon(JobRefused):
    """Only a completed job can be replied to."""

    def __init__(self, job_id: JobId, state: JobState) -> None:
        super().__init__(job_id, state)
        self.job_id = job_id
        self.state = state


class AdminsAlone(JobRefused):
    """Approving, rejecting and everybody's jobs are for admins."""


class PromptInvalid(JobRefused):
    """It says nothing, or is longer than limit characters."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class TypeUnknown(JobRefused):
    """names: the types of jobs that there are."""

    def __init__(self, name: str, names: tuple[str, ...]) -> None:
        super().__init__(name, names)
        self.name = name
        self.names = names


class TooManyJobs(JobRefused):
    """So many of theirs have not ended."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class FileRefused(JobRefused):
    """name: as the person calls it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class FileTooBig(FileRefused):
    """limit in bytes."""

    def __init__(self, name: str, limit: int) -> None:
        super().__init__(name)
        self.limit = limit


class FileKind(FileRefused):
    """Not of a kind that is taken, or not what its name says. kinds: endings that are."""

    def __init__(self, name: str, kinds: tuple[str, ...]) -> None:
        super().__init__(name)
        self.kinds = kinds


class FileGone(FileRefused):
    """Not there (any more)."""


class TooManyFiles(FileRefused):
    """limit: files at once, or in a workspace."""

    def __init__(self, name: str, limit: int) -> None:
        super().__init__(name)
        self.limit = limit


class QuotaFull(FileRefused):
    """limit: bytes that a workspace may have."""

    def __init__(self, name: str, limit: int) -> None:
        super().__init__(name)
        self.limit = limit


class OutsideWorkspace(FileRefused):
    """A path that leads out of where it may lead, in whatever way."""


class NobodyRuns(LukaError):
    """A worker has nobody to work for, and mustn't keep the store itself."""

    def __init__(self, data_dir: Path) -> None:
        super().__init__(
            f"no luka runs with {data_dir}: start `luka-bot run` first, "
            "or give both the same REDIS_URL"
        )
        self.data_dir = data_dir


class JobLost(LukaError):
    """Another worker has it by now, or it was cancelled: what this one still does is of no use."""


class JobFailed(LukaError):
    """The work can't be done. detail: plain text for who reads the failure's sentence."""

    def __init__(self, failure: Failure, detail: str = "") -> None:
        super().__init__(failure, detail)
        self.failure = failure
        self.detail = detail
