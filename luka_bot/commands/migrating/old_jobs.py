"""jobs.db as the old queue wrote it: one table, whose columns grew over time."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from luka_bot.models.job import JobState

# The guide names thread_id and parent_job_id; for the others every likely name is looked for.
_NAMES = {
    "user": ("username", "user", "user_id", "submitted_by"),
    "prompt": ("prompt", "instructions", "description", "text"),
    "type": ("job_type", "type"),
    "state": ("status", "state"),
    "priority": ("priority",),
    "files": ("input_files", "files", "uploaded_files", "file_path"),
    "output": ("output_text", "output", "result", "response"),
    "output_files": ("output_file", "output_files", "output_path"),
    "error": ("error", "error_message"),
    "reason": ("rejection_reason", "reason", "admin_notes"),
    "decided_by": ("approved_by", "reviewed_by", "decided_by"),
    "created": ("created_at", "submitted_at", "created"),
    "ended": ("completed_at", "finished_at", "updated_at"),
    "thread": ("thread_id",),
    "parent": ("parent_job_id", "parent_id"),
}
_WITHOUT_WORKER = {"processing": JobState.APPROVED, "running": JobState.APPROVED}


class NoOldJobs(Exception):
    """The file isn't a queue of the old system; the text says why."""


@dataclass(frozen=True, slots=True)
class OldRow:
    """thread 0: none was written, as before there were threads."""

    id: int
    user: str
    prompt: str
    job_type: str
    state: JobState
    priority: int
    files: tuple[str, ...]
    output: str
    outputs: tuple[str, ...]
    error: str
    reason: str
    decided_by: str
    created_at: float
    ended_at: float
    thread: int
    parent: int


def read_jobs(path: Path) -> list[OldRow]:
    """Oldest first. Raises NoOldJobs."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            database.row_factory = sqlite3.Row
            rows = [dict(row) for row in database.execute("SELECT * FROM jobs ORDER BY id")]
    except sqlite3.Error as error:
        raise NoOldJobs(f"{path}: {error}") from None
    return [_row(row) for row in rows]


def roots(rows: list[OldRow]) -> dict[int, int]:
    """The first job of each one's thread: as it was written, else by what it replied to."""
    found: dict[int, int] = {}
    for row in rows:
        found[row.id] = row.thread or found.get(row.parent, row.id)
    return found


def _row(row: Mapping[str, object]) -> OldRow:
    named = {name: _first(row, names) for name, names in _NAMES.items()}
    state = str(named["state"] or "pending").lower()
    return OldRow(
        id=int(str(row["id"])),
        user=str(named["user"] or ""),
        prompt=str(named["prompt"] or ""),
        job_type=str(named["type"] or "general"),
        state=_WITHOUT_WORKER.get(state) or _state(state),
        priority=_whole(named["priority"], 5),
        files=tuple(_paths(named["files"])),
        output=str(named["output"] or ""),
        outputs=tuple(_paths(named["output_files"])),
        error=str(named["error"] or ""),
        reason=str(named["reason"] or ""),
        decided_by=str(named["decided_by"] or ""),
        created_at=_moment(named["created"]),
        ended_at=_moment(named["ended"]),
        thread=_whole(named["thread"], 0),
        parent=_whole(named["parent"], 0),
    )


def _first(row: Mapping[str, object], names: tuple[str, ...]) -> object:
    return next((row[name] for name in names if row.get(name) is not None), None)


def _state(text: str) -> JobState:
    return JobState(text) if text in set(JobState) else JobState.PENDING


def _whole(value: object, usual: int) -> int:
    try:
        return int(str(value))
    except ValueError:
        return usual


def _moment(value: object) -> float:
    """A number, or ISO with UTC where it names no zone; 0.0 where it is neither."""
    if isinstance(value, int | float):
        return float(value)
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return 0.0
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _paths(value: object) -> Iterator[str]:
    """JSON, or one path, or several with commas; each from users/ or shared/ on."""
    try:
        found = json.loads(str(value or ""))
    except ValueError:
        found = str(value or "").split(",")
    for one in found if isinstance(found, list) else [found]:
        parts = PurePosixPath(str(one).strip().replace("\\", "/")).parts
        start = next((at for at, part in enumerate(parts) if part in {"users", "shared"}), 0)
        if parts:
            yield "/".join(parts[start:])
