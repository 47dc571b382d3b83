"""One text of the admins' for everybody, and how far it has come."""

from dataclasses import dataclass
from enum import StrEnum


class BroadcastState(StrEnum):
    DRAFT = "draft"
    CANCELLED = "cancelled"
    SENDING = "sending"
    STOPPED = "stopped"
    DONE = "done"


class Outcome(StrEnum):
    DELIVERED = "delivered"
    BLOCKED = "blocked"
    FAILED = "failed"
    AGAIN = "again"  # nothing was sent yet
    LEFT_OUT = "left_out"  # they were sent away meanwhile


@dataclass(frozen=True, slots=True)
class Broadcast:
    """body: as the door wrote it. decided_by: the name of who sent, cancelled or stopped it.
    doubtful: may have got it; they were being sent to when a process died."""

    state: BroadcastState
    body: str
    decided_by: str = ""
    total: int = 0
    delivered: int = 0
    blocked: int = 0
    failed: int = 0
    doubtful: int = 0

    @property
    def handled(self) -> int:
        return self.delivered + self.blocked + self.failed + self.doubtful
