"""A model server's JSON, read without trusting it."""

import json
import math
from dataclasses import dataclass
from typing import Any

DETAIL_LIMIT = 300  # characters of a server's own words that we keep


class Unreadable(ValueError):
    """What came isn't what such a server says."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """A server's words for what went wrong.

    kind is its name for it in small letters, empty where it has none; status is the one that
    stands in the words, 0 where none does.
    """

    detail: str
    kind: str = ""
    status: int = 0


def read_object(body: bytes) -> dict[str, Any]:
    """Raises Unreadable if it isn't a JSON object."""
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unreadable("not JSON") from error
    if not isinstance(fields, dict):
        raise Unreadable("not a JSON object")
    return fields


def read_complaint(body: bytes) -> Complaint:
    """The server's own words, whatever they are wrapped in."""
    try:
        return complaint(read_object(body))
    except Unreadable:
        return Complaint(body.decode(errors="replace").strip()[:DETAIL_LIMIT])


def complaint(fields: dict[str, Any]) -> Complaint:
    """Ollama has a sentence as `error`, OpenAI an object; older vLLM wrote that without a wrapping,
    and what is made with FastAPI says `detail`."""
    error = fields.get("error", fields)
    if not isinstance(error, dict):
        return Complaint(text(error)[:DETAIL_LIMIT] or "no reason given")
    detail = text(error.get("message")) or text(error.get("detail"))
    kind = f"{text(error.get('type'))} {text(error.get('code'))}".strip().lower()
    return Complaint(detail[:DETAIL_LIMIT] or kind or "no reason given", kind, _status(error))


def text(value: object) -> str:
    return value if isinstance(value, str) else ""


def whole(value: object) -> int:
    """JSON as Python reads it may hold NaN and infinity."""
    if isinstance(value, float):
        return int(value) if math.isfinite(value) and value > 0 else 0
    return max(0, value) if isinstance(value, int) else 0


def _status(error: dict[str, Any]) -> int:
    """LiteLLM writes it as a text."""
    code = error.get("code")
    number = int(code) if isinstance(code, str) and code.isdecimal() else whole(code)
    return number if 400 <= number <= 599 else 0
