"""Ollama's JSON: our request in its words, its lines in ours."""

import json
import math
from dataclasses import dataclass
from typing import Any

from luka_bot.llm.protocol import ChatMessage, ChatRequest, InstalledModel
from luka_bot.models.events import Usage

DETAIL_LIMIT = 300  # characters of a server's own words that we keep
NANOSECOND = 1e-9


class NotOllama(Exception):
    """What came isn't what Ollama says."""


@dataclass(frozen=True, slots=True)
class ChatLine:
    """One line of a streamed answer; usage only on the last one."""

    text: str = ""
    thinking: str = ""
    error: str = ""
    usage: Usage | None = None


def chat_body(request: ChatRequest, keep_alive: str) -> dict[str, Any]:
    """truncate and shift are off so that a prompt that is too long is refused, not cut silently."""
    return {
        "model": request.model,
        "messages": [_message(message) for message in request.messages],
        "stream": True,
        "truncate": False,
        "shift": False,
        "keep_alive": _duration(keep_alive),
        "options": {"num_ctx": request.num_ctx},
    }


def read_line(line: bytes, model: str) -> ChatLine:
    """Raises NotOllama if the line isn't a JSON object."""
    fields = _object(line)
    if "error" in fields:
        return ChatLine(error=_error(fields))
    message = fields.get("message")
    said = message if isinstance(message, dict) else {}
    return ChatLine(
        text=_text(said.get("content")),
        thinking=_text(said.get("thinking")),
        usage=_usage(fields, model) if fields.get("done") is True else None,
    )


def read_error(body: bytes) -> str:
    """The server's own words, whatever they are wrapped in."""
    try:
        return _error(_object(body))
    except NotOllama:
        return body.decode(errors="replace").strip()[:DETAIL_LIMIT]


def read_models(body: bytes) -> tuple[InstalledModel, ...]:
    """Raises NotOllama if it isn't a list of models."""
    models = _object(body).get("models")
    if not isinstance(models, list):
        raise NotOllama("no list of models")
    found = [model for model in models if isinstance(model, dict) and model.get("name")]
    return tuple(InstalledModel(str(model["name"]), _int(model.get("size"))) for model in found)


def read_version(body: bytes) -> str:
    """Raises NotOllama if it isn't a JSON object."""
    return _text(_object(body).get("version"))


def _message(message: ChatMessage) -> dict[str, Any]:
    fields: dict[str, Any] = {"role": message.role.value, "content": message.content}
    return {**fields, "images": list(message.images)} if message.images else fields


def _duration(keep_alive: str) -> str | int:
    """Ollama reads "30m", and seconds only as a number: "-1" (for ever) in quotes is refused."""
    try:
        return int(keep_alive)
    except ValueError:
        return keep_alive


def _object(body: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotOllama("not JSON") from error
    if not isinstance(fields, dict):
        raise NotOllama("not a JSON object")
    return fields


def _error(fields: dict[str, Any]) -> str:
    error = fields.get("error")
    if isinstance(error, dict):  # llama.cpp's own server, behind some versions
        error = error.get("message")
    return _text(error)[:DETAIL_LIMIT] or "no reason given"


def _usage(fields: dict[str, Any], model: str) -> Usage:
    return Usage(
        model=_text(fields.get("model")) or model,
        prompt_tokens=_int(fields.get("prompt_eval_count")),
        answer_tokens=_int(fields.get("eval_count")),
        seconds=_int(fields.get("total_duration")) * NANOSECOND,
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _int(value: object) -> int:
    """JSON as Python reads it may hold NaN and infinity."""
    if isinstance(value, float):
        return int(value) if math.isfinite(value) and value > 0 else 0
    return max(0, value) if isinstance(value, int) else 0
