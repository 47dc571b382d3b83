"""A thread: one line of conversation, with its own history, model and system prompt."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Self

from luka_bot.models.ids import ChatId, MessageId, ThreadId, TopicId, UserId

NAME_LIMIT = 64  # characters of a thread's name
THREADS_LIMIT = 200  # threads a person


class ThreadKind(StrEnum):
    DM = "dm"
    GROUP = "group"
    SHARED = "shared"
    JOB = "job"


@dataclass(frozen=True, slots=True)
class Thread:
    """What `thread:{thread_id}` holds.

    message_count counts questions and answers; model and system_prompt are empty where the
    thread has none of its own; summary covers the messages up to seq summary_upto.
    last_message_id is the last message of the thread that Telegram shows in chat_id.
    """

    thread_id: ThreadId
    user_id: UserId
    name: str
    created_at: datetime
    updated_at: datetime
    message_count: int = 0
    is_active: bool = False
    process_instance_id: str = ""
    kind: ThreadKind = ThreadKind.DM
    model: str = ""
    system_prompt: str = ""
    summary: str = ""
    summary_upto: int = 0
    chat_id: ChatId | None = None
    topic_id: TopicId | None = None
    last_message_id: MessageId | None = None

    def to_dict(self) -> dict[str, str]:
        """The fields as Redis keeps them: text only, an empty string for what is not set."""
        return {
            "thread_id": self.thread_id,
            "user_id": str(self.user_id),
            "name": self.name,
            "created_at": stamp(self.created_at),
            "updated_at": stamp(self.updated_at),
            "message_count": str(self.message_count),
            "is_active": "1" if self.is_active else "0",
            "process_instance_id": self.process_instance_id,
            "kind": self.kind.value,
            "model": self.model,
            "system_prompt": self.system_prompt,
            "summary": self.summary,
            "summary_upto": str(self.summary_upto),
            "chat_id": _text(self.chat_id),
            "topic_id": _text(self.topic_id),
            "last_message_id": _text(self.last_message_id),
        }

    @classmethod
    def from_dict(cls, fields: dict[str, str]) -> Self:
        """Fields that an older luka didn't write have their defaults; unknown ones are left out."""
        chat, topic, last = (
            _number(fields.get(key)) for key in ("chat_id", "topic_id", "last_message_id")
        )
        return cls(
            thread_id=ThreadId(fields["thread_id"]),
            user_id=UserId(int(fields["user_id"])),
            name=fields["name"],
            created_at=moment(fields["created_at"]),
            updated_at=moment(fields["updated_at"]),
            message_count=int(fields.get("message_count") or 0),
            is_active=fields.get("is_active") in {"1", "True", "true"},
            process_instance_id=fields.get("process_instance_id", ""),
            kind=ThreadKind(fields.get("kind") or ThreadKind.DM),
            model=fields.get("model", ""),
            system_prompt=fields.get("system_prompt", ""),
            summary=fields.get("summary", ""),
            summary_upto=int(fields.get("summary_upto") or 0),
            chat_id=None if chat is None else ChatId(chat),
            topic_id=None if topic is None else TopicId(topic),
            last_message_id=None if last is None else MessageId(last),
        )


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """A page of a person's threads, newest first; total counts all of them."""

    threads: tuple[Thread, ...]
    total: int
    offset: int
    active_id: ThreadId | None


@dataclass(frozen=True, slots=True)
class DeletedThread:
    """What was deleted, and the thread that is active now (None if that was the last one)."""

    thread: Thread
    active: Thread | None


@dataclass(frozen=True, slots=True)
class Switched:
    """The thread that is active now; was_active: and was before."""

    thread: Thread
    was_active: bool


def stamp(when: datetime) -> str:
    """ISO 8601 in UTC with microseconds: always the same width, so text order is time order."""
    return when.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    """The seed wrote stamps without a zone, which were UTC, or seconds since the epoch."""
    if text.replace(".", "", 1).isdecimal():
        return datetime.fromtimestamp(float(text), UTC)
    when = datetime.fromisoformat(text)
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _text(value: int | None) -> str:
    return "" if value is None else str(value)


def _number(text: str | None) -> int | None:
    return int(text) if text else None
