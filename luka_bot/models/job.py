"""A job: work that somebody hands in with files, an admin approves, and a worker does."""

from dataclasses import dataclass, field
from enum import StrEnum

from luka_bot.models.ids import ChatId, JobId, MessageId, TopicId, UserId

PROMPT_LIMIT = 20_000  # characters; a Telegram message has 4,096, a page's field as many as this
REASON_LIMIT = 500  # characters of why a job was rejected, or failed
FILES_LIMIT = 20  # of one job
PRIORITIES = range(1, 10)  # 9 goes first
USUAL_PRIORITY = 5
TRIES = 3  # of one job; what ends its worker so often would end the next one too


def within(priority: int) -> int:
    """The nearest priority that there is."""
    return min(max(priority, PRIORITIES.start), PRIORITIES.stop - 1)


class JobState(StrEnum):
    PENDING = "pending"  # an admin has to decide
    APPROVED = "approved"  # waits for a worker
    REJECTED = "rejected"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDED = frozenset({JobState.REJECTED, JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED})
WAITING = frozenset({JobState.PENDING, JobState.APPROVED})

MOVES: dict[JobState, frozenset[JobState]] = {
    JobState.PENDING: frozenset({JobState.APPROVED, JobState.REJECTED, JobState.CANCELLED}),
    JobState.APPROVED: frozenset({JobState.PROCESSING, JobState.CANCELLED}),
    JobState.PROCESSING: frozenset(
        {JobState.COMPLETED, JobState.FAILED, JobState.APPROVED, JobState.CANCELLED}
    ),
    JobState.REJECTED: frozenset(),
    JobState.COMPLETED: frozenset(),
    JobState.FAILED: frozenset(),
    JobState.CANCELLED: frozenset(),
}
"""Processing goes back to approved where its worker was lost. An end is an end."""


class Failure(StrEnum):
    """Why a job failed; each has a sentence in every language."""

    LOST = "lost"  # it ended its worker again and again
    TIME = "time"  # longer than it may take
    MEMORY = "memory"
    OUTPUT = "output"  # more text, files or bytes than it may leave
    EXIT = "exit"  # the command ended with a code that isn't 0; the detail says which
    COMMAND = "command"  # it can't be started
    MODEL = "model"  # the model didn't answer; the detail says why
    CONTEXT = "context"  # longer than the model can read
    TOLD = "told"  # whoever did it by hand says why, in the detail
    FAULT = "fault"  # ours


@dataclass(frozen=True, slots=True)
class JobFile:
    """name: as people call it. path: below the folder of all workspaces, with slashes, such as
    users/tam/inputs/20251106_143022_data.csv. size in bytes."""

    name: str
    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A message of Telegram's."""

    chat_id: ChatId
    message_id: MessageId
    topic_id: TopicId | None = None


@dataclass(frozen=True, slots=True)
class NewJob:
    """origin: by what it is known if it is handed in a second time. parent: the job replied to.

    folder: the owner's, below the folder of all workspaces. by: who handed it in, the owner or an
    admin for them. chat, asked_in: where in Telegram it was handed in, for its card. model and
    system_prompt: of the thread that its owner talked in, "" for the usual. language: the owner's.
    """

    origin: str
    owner: UserId
    owner_name: str
    folder: str
    prompt: str
    files: tuple[JobFile, ...] = ()
    job_type: str = "general"
    priority: int = USUAL_PRIORITY
    parent: JobId | None = None
    by: UserId | None = None
    by_name: str = ""
    chat: Spot | None = None
    model: str = ""
    system_prompt: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Job:
    """thread_id: the first job of its thread, its own number where it is the first.

    Moments are seconds since the epoch, 0.0 for not yet. asked_in: the message that handed it in.
    card: the person's card; admin_card: the one in the admins' group. tries: times that a worker
    began it; one that gave it back, because luka was stopped, doesn't count. decided_by, worker:
    names. error_detail: plain text beside the error's sentence.
    version counts every change. told: the version that the cards show.
    """

    id: JobId
    thread_id: JobId
    owner: UserId
    owner_name: str
    folder: str
    prompt: str
    state: JobState
    created_at: float
    job_type: str = "general"
    priority: int = USUAL_PRIORITY
    executor: str = "model"
    parent_id: JobId | None = None
    by: UserId | None = None
    by_name: str = ""
    files: tuple[JobFile, ...] = ()
    outputs: tuple[JobFile, ...] = ()
    output: str = ""
    error: Failure | None = None
    error_detail: str = ""
    reason: str = ""
    progress: str = ""
    decided_at: float = 0.0
    decided_by: str = ""
    started_at: float = 0.0
    ended_at: float = 0.0
    worker: str = ""
    tries: int = 0
    asked_in: Spot | None = None
    card: Spot | None = None
    admin_card: Spot | None = None
    model: str = ""
    system_prompt: str = ""
    language: str = "en"
    version: int = 0
    told: int = 0

    @property
    def is_first(self) -> bool:
        return self.thread_id == self.id

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED


@dataclass(frozen=True, slots=True)
class Queued:
    """Where a waiting job stands. position counts from 1 among those of its state, by priority and
    age. seconds until it is likely begun, 0.0 where no job was measured yet."""

    position: int
    seconds: float


@dataclass(frozen=True, slots=True)
class JobStats:
    """counts: jobs by state. median: seconds that a job takes, 0.0 if none was measured."""

    counts: dict[JobState, int] = field(default_factory=dict)
    median: float = 0.0


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks at jobs, or decides about them. name: as the audit log and others see it."""

    user_id: UserId
    name: str
    is_admin: bool = False

    def may_see(self, job: Job) -> bool:
        return self.is_admin or job.owner == self.user_id
