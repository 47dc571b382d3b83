"""What happens in a conversation, as it comes over the wire."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from luka_bot.client.errors import ChatError, error_from

Frame = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Participant:
    """type: human or agent."""

    id: str
    name: str
    type: str
    online: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """sequence_id is the order, the same for everybody; sent_at is for people to read.

    message_type: text, system, nlweb_response (an agent's), job or error. A system message's
    content is JSON: `{"event": "join", "name": …}`. redacted: the words were taken back.
    """

    id: str
    sequence_id: int
    sender_id: str
    sender_name: str
    sender_type: str
    message_type: str
    content: str
    sent_at: datetime
    reply_to: int | None = None
    redacted: bool = False


@dataclass(frozen=True, slots=True)
class Stream:
    """A part of an answer that is being written; whole it comes as a Message whose id is stream_id.

    text: all of it so far, of which delta is new. cancelled: what came so far is taken back.
    position: how many are asked before it.
    """

    stream_id: str
    sender_id: str
    delta: str
    n: int
    cancelled: bool = False
    position: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class ParticipantUpdate:
    """action: join, leave, removed, online, offline, agents, policy, renamed. input_timeout: ms.

    name: of the conversation, where it is renamed. policy: when agents speak, where that is another
    now; None there for the usual.
    """

    action: str
    participants: tuple[Participant, ...]
    input_mode: str
    input_timeout: int
    name: str | None = None
    policy: str | None = None


@dataclass(frozen=True, slots=True)
class Redacted:
    """The words of a message were taken back."""

    sequence_id: int
    by: str


@dataclass(frozen=True, slots=True)
class Typing:
    participant_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Reset:
    """What follows doesn't join on to what was heard before: some of it is no longer kept."""


@dataclass(frozen=True, slots=True)
class Closed:
    """The conversation is no more, and the talk ends with Removed.

    how: deleted, cleared, or forgotten with its owner; by: a name, where somebody has done it.
    """

    how: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something went wrong that belongs to no message of ours that waits: an agent that took too
    long, for example."""

    error: ChatError


Event = Message | Stream | ParticipantUpdate | Redacted | Typing | Reset | Closed | Trouble


def message_from(frame: Frame) -> Message:
    return Message(
        id=frame["id"],
        sequence_id=frame["sequence_id"],
        sender_id=frame["sender_id"],
        sender_name=frame["sender_name"],
        sender_type=frame["sender_type"],
        message_type=frame["message_type"],
        content=frame["content"],
        sent_at=datetime.fromisoformat(frame["server_timestamp"]),
        reply_to=frame.get("reply_to"),
        redacted=bool(frame.get("redacted")),
    )


def participants_from(said: Frame) -> tuple[Participant, ...]:
    return tuple(
        Participant(one["id"], one["name"], one["type"], bool(one.get("online")))
        for one in said.get("participants", ())
    )


def event_from(frame: Frame) -> Event | None:
    """Of a frame that has no number; None for those that we don't know."""
    read = _READERS.get(str(frame.get("type")))
    return None if read is None else read(frame)


def stream_from(frame: Frame) -> Stream:
    return Stream(
        stream_id=frame["stream_id"],
        sender_id=frame["sender_id"],
        delta=str(frame.get("delta", "")),
        n=int(frame.get("n", 0)),
        cancelled=bool(frame.get("cancelled")),
        position=(frame.get("waiting") or {}).get("position"),
        text=str(frame.get("text", "")),
    )


def _update_from(frame: Frame) -> ParticipantUpdate:
    return ParticipantUpdate(
        str(frame.get("action", "")),
        participants_from(frame),
        frame["input_mode"],
        frame["input_timeout"],
        frame.get("name"),
        frame.get("policy"),
    )


_READERS: Mapping[str, Callable[[Frame], Event]] = {
    "stream": stream_from,
    "participant_update": _update_from,
    "redact": lambda frame: Redacted(frame["sequence_id"], str(frame.get("by", ""))),
    "typing": lambda frame: Typing(frame["participant_id"], str(frame.get("name", ""))),
    "closed": lambda frame: Closed(str(frame.get("how", "")), str(frame.get("by") or "")),
    "error": lambda frame: Trouble(error_from(frame)),
}
