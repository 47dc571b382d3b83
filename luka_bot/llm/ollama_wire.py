"""Ollama's JSON: our request in its words, its lines in ours."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from luka_bot.llm.fields import Complaint, Unreadable, complaint, read_object, text, whole
from luka_bot.llm.protocol import (
    ChatMessage,
    ChatRequest,
    InstalledModel,
    LoadedModel,
    PullProgress,
)
from luka_bot.llm.tool_wire import arguments_in, tools_of
from luka_bot.models.events import ToolCall, Usage

NANOSECOND = 1e-9


@dataclass(frozen=True, slots=True)
class ChatLine:
    """One line of a streamed answer; usage and full, if there was no room for more, on the last."""

    text: str = ""
    thinking: str = ""
    calls: tuple[ToolCall, ...] = ()
    error: Complaint | None = None
    usage: Usage | None = None
    full: bool = False


@dataclass(frozen=True, slots=True)
class PullLine:
    progress: PullProgress
    error: Complaint | None = None


def chat_body(request: ChatRequest, keep_alive: str) -> dict[str, Any]:
    """truncate and shift are off so that a prompt that is too long is refused, not cut silently."""
    return {
        "model": request.model,
        "messages": [_message(message) for message in request.messages],
        **tools_of(request),
        "stream": True,
        "truncate": False,
        "shift": False,
        "keep_alive": _duration(keep_alive),
        "options": {"num_ctx": request.num_ctx},
    }


def read_line(line: bytes, model: str) -> ChatLine:
    """Raises Unreadable if the line isn't a JSON object."""
    fields = read_object(line)
    if "error" in fields:
        return ChatLine(error=complaint(fields))
    message = fields.get("message")
    said = message if isinstance(message, dict) else {}
    return ChatLine(
        text=text(said.get("content")),
        thinking=text(said.get("thinking")),
        calls=_calls(said.get("tool_calls")),
        usage=_usage(fields, model) if fields.get("done") is True else None,
        full=fields.get("done_reason") == "length",
    )


def read_models(body: bytes) -> tuple[InstalledModel, ...]:
    """Raises Unreadable if it isn't a list of models."""
    found = [model for model in _models(body) if model.get("name")]
    return tuple(InstalledModel(str(model["name"]), whole(model.get("size"))) for model in found)


def read_loaded(body: bytes) -> tuple[LoadedModel, ...]:
    """Raises Unreadable if it isn't a list of models."""
    return tuple(
        LoadedModel(
            text(model.get("name")),
            whole(model.get("size")),
            whole(model.get("size_vram")),
            _moment(model.get("expires_at")),
        )
        for model in _models(body)
    )


def read_pull(line: bytes) -> PullLine:
    """Raises Unreadable if the line isn't a JSON object."""
    fields = read_object(line)
    progress = PullProgress(
        text(fields.get("status")),
        text(fields.get("digest")),
        whole(fields.get("completed")),
        whole(fields.get("total")),
    )
    return PullLine(progress, complaint(fields) if "error" in fields else None)


def read_version(body: bytes) -> str:
    """Raises Unreadable if it isn't a JSON object."""
    return text(read_object(body).get("version"))


def full_name(model: str) -> str:
    """Ollama lists every model with a tag."""
    return model if ":" in model.rpartition("/")[2] else f"{model}:latest"


def _models(body: bytes) -> list[dict[str, Any]]:
    models = read_object(body).get("models")
    if not isinstance(models, list):
        raise Unreadable("no list of models")
    return [model for model in models if isinstance(model, dict)]


def _message(message: ChatMessage) -> dict[str, Any]:
    fields: dict[str, Any] = {"role": message.role.value, "content": message.content}
    if message.images:
        fields["images"] = list(message.images)
    if message.tool_calls:
        fields["tool_calls"] = [
            {"function": {"name": call.name, "arguments": dict(call.arguments)}}
            for call in message.tool_calls
        ]
    if message.answers:
        fields["tool_name"] = message.answers.name
    return fields


def _calls(said: object) -> tuple[ToolCall, ...]:
    calls = [call for call in said if isinstance(call, dict)] if isinstance(said, list) else []
    named = [(call, call["function"]) for call in calls if isinstance(call.get("function"), dict)]
    return tuple(
        ToolCall(
            text(function.get("name")),
            arguments_in(function.get("arguments")),
            text(call.get("id")),
        )
        for call, function in named
    )


def _moment(value: object) -> datetime | None:
    """Ollama writes the year 1 for none."""
    try:
        moment = datetime.fromisoformat(text(value))
    except ValueError:
        return None
    return moment if moment.year > 1 and moment.tzinfo else None


def _duration(keep_alive: str) -> str | int:
    """Ollama reads "30m", and seconds only as a number: "-1" (for ever) in quotes is refused."""
    try:
        return int(keep_alive)
    except ValueError:
        return keep_alive


def _usage(fields: dict[str, Any], model: str) -> Usage:
    return Usage(
        model=text(fields.get("model")) or model,
        prompt_tokens=whole(fields.get("prompt_eval_count")),
        answer_tokens=whole(fields.get("eval_count")),
        seconds=whole(fields.get("total_duration")) * NANOSECOND,
    )
