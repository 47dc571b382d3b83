"""What is written down of who did what to whom, so that it can be looked up later."""

from dataclasses import dataclass
from enum import StrEnum

from luka_bot.models.ids import UserId


class Event(StrEnum):
    APPLIED = "applied"
    LET_IN = "let_in"
    REJECTED = "rejected"
    BANNED = "banned"
    UNBANNED = "unbanned"
    ROLE_CHANGED = "role_changed"
    LIMITS_CHANGED = "limits_changed"
    PERSON_ADDED = "person_added"
    PERSON_ERASED = "person_erased"
    PASSWORD_SET = "password_set"  # noqa: S105 - what happened, not what it is
    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    LINK_MADE = "link_made"
    INVITE_MADE = "invite_made"
    INVITE_USED = "invite_used"
    INVITE_REVOKED = "invite_revoked"
    MODEL_SWITCHED = "model_switched"
    MODEL_PULLED = "model_pulled"
    MODEL_DELETED = "model_deleted"
    QUEUE_CANCELLED = "queue_cancelled"
    BROADCAST_SENT = "broadcast_sent"
    DEAD_RETRIED = "dead_retried"
    DEAD_DROPPED = "dead_dropped"
    DATA_EXPORTED = "data_exported"
    FORGOTTEN = "forgotten"
    REDACTED = "redacted"
    PERSONA_MADE = "persona_made"
    PERSONA_REMOVED = "persona_removed"
    GROUP_MOVED = "group_moved"
    JOB_APPROVED = "job_approved"
    JOB_REJECTED = "job_rejected"
    JOB_CANCELLED = "job_cancelled"
    JOB_BY_HAND = "job_by_hand"  # begun or ended by somebody; detail says which
    JOB_REMOVED = "job_removed"
    REFUSED = "refused"  # they tried what they may not; detail says what


SYSTEM = UserId(0)
"""Who did what nobody did by hand."""


@dataclass(frozen=True, slots=True)
class Entry:
    """at: seconds since the epoch. whom: None where it was done to nobody. detail: no words of
    people, and no secrets. by_name: how whoever did it was called then."""

    event: Event
    by: UserId
    by_name: str
    whom: UserId | None = None
    detail: str = ""
    at: float = 0.0
