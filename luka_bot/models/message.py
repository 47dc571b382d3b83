"""What was said: one item of a thread's history."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from luka_bot.models.ids import MessageId, UserId


class Role(StrEnum):
    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"
    TOOL = "tool"  # what a tool said to the model; in no thread's history


class MessageState(StrEnum):
    """pending: a question without its answer yet; stopped: the person cut the answer short."""

    PENDING = "pending"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


# Calling an enum costs five times a look-up, and a turn reads a hundred messages.
_ROLES = {role.value: role for role in Role}
_STATES = {state.value: state for state in MessageState}


@dataclass(frozen=True, slots=True)
class Message:
    """The seed wrote only role and content; all else is optional.

    id is the turn's id, shared by a question and its answer; seq counts from 1 in its thread;
    ts is seconds since the epoch; images are base64. writer: who wrote it, where sender_id is a
    group's; message_id: as what it stands in the chat.
    """

    role: Role
    content: str
    id: str = ""
    seq: int = 0
    name: str = ""
    sender_id: UserId | None = None
    ts: float = 0.0
    state: MessageState = MessageState.DONE
    images: tuple[str, ...] = ()
    reply_to: str = ""
    job_id: str = ""
    writer: UserId | None = None
    message_id: MessageId | None = None

    def to_dict(self) -> dict[str, Any]:
        """JSON's shape, without what is empty."""
        optional = {
            "id": self.id,
            "seq": self.seq,
            "name": self.name,
            "sender_id": self.sender_id,
            "ts": self.ts,
            "images": list(self.images),
            "reply_to": self.reply_to,
            "job_id": self.job_id,
            "writer": self.writer,
            "message_id": self.message_id,
        }
        return {
            "role": self.role.value,
            "content": self.content,
            "state": self.state.value,
            **{key: value for key, value in optional.items() if value},
        }

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> Self:
        sender, writer = fields.get("sender_id"), fields.get("writer")
        stands = fields.get("message_id")
        return cls(
            role=_ROLES[fields["role"]],
            content=str(fields["content"]),
            id=str(fields.get("id", "")),
            seq=int(fields.get("seq", 0)),
            name=str(fields.get("name", "")),
            sender_id=None if sender is None else UserId(int(sender)),
            ts=float(fields.get("ts", 0.0)),
            state=_STATES[fields.get("state", "done")],
            images=tuple(fields.get("images", ())),
            reply_to=str(fields.get("reply_to", "")),
            job_id=str(fields.get("job_id", "")),
            writer=None if writer is None else UserId(int(writer)),
            message_id=None if stands is None else MessageId(int(stands)),
        )
