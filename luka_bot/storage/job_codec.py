"""Between a job's hash in Redis and what the rest of luka knows of it."""

import json
from collections.abc import Sequence
from typing import Any

from luka_bot.models.ids import ChatId, JobId, MessageId, TopicId, UserId
from luka_bot.models.job import Failure, Job, JobFile, JobState, NewJob, Spot


def job_of(flat: Sequence[str]) -> Job:
    """flat: field, value, field, value."""
    found = dict(zip(flat[::2], flat[1::2], strict=True))
    parent = found.get("parent_id")
    known: dict[str, Any] = {name: found.get(name, "") for name in _TEXTS}
    known |= {name: float(found.get(name) or 0) for name in _MOMENTS}
    known |= {name: spot_of(found.get(name, "")) for name in _SPOTS}
    known |= {name: files_of(found.get(name, "")) for name in _FILES}
    return Job(
        id=JobId(int(found["id"])),
        thread_id=JobId(int(found["thread_id"])),
        owner=UserId(int(found["owner"])),
        state=JobState(found["state"]),
        parent_id=JobId(int(parent)) if parent else None,
        by=UserId(int(found["by"])) if found.get("by") else None,
        priority=int(found["priority"]),
        tries=int(found.get("tries", 0)),
        version=int(found.get("version", 0)),
        told=int(found.get("told", 0)),
        error=Failure(found["error"]) if found.get("error") else None,
        **known,
    )


def new_fields(new: NewJob) -> list[str]:
    """Of a job that is being handed in; flat."""
    by = new.by if new.by not in {None, new.owner} else ""
    named = {
        "by": str(by),
        "by_name": new.by_name if by else "",
        "owner_name": new.owner_name,
        "folder": new.folder,
        "prompt": new.prompt,
        "files": files_text(new.files),
        "job_type": new.job_type,
        "priority": str(new.priority),
        "asked_in": spot_text(new.chat),
        "model": new.model,
        "system_prompt": new.system_prompt,
        "language": new.language,
    }
    return [text for pair in named.items() for text in pair]


def files_text(files: Sequence[JobFile]) -> str:
    return json.dumps([[file.name, file.path, file.size] for file in files], ensure_ascii=False)


def files_of(text: str) -> tuple[JobFile, ...]:
    return tuple(JobFile(name, path, int(size)) for name, path, size in json.loads(text or "[]"))


def spot_text(spot: Spot | None) -> str:
    return json.dumps([spot.chat_id, spot.message_id, spot.topic_id]) if spot else ""


def spot_of(text: str) -> Spot | None:
    if not text:
        return None
    chat, message, topic = json.loads(text)
    return Spot(ChatId(chat), MessageId(message), None if topic is None else TopicId(topic))


_TEXTS = (
    "owner_name",
    "folder",
    "prompt",
    "job_type",
    "executor",
    "by_name",
    "output",
    "error_detail",
    "reason",
    "progress",
    "decided_by",
    "worker",
    "model",
    "system_prompt",
    "language",
)
_MOMENTS = ("created_at", "decided_at", "started_at", "ended_at")
_SPOTS = ("asked_in", "card", "admin_card")
_FILES = ("files", "outputs")
