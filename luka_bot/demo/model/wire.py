"""Ollama's JSON from the server's side: what a request must be, what an answer looks like."""

import json
import math
import re
import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from luka_bot.demo.model.reply import Asked, Piece
from luka_bot.llm.protocol import ChatMessage
from luka_bot.models.events import ToolCall
from luka_bot.models.message import Role

DEFAULT_CONTEXT = 4096  # tokens, where a request doesn't say
PER_MESSAGE = 4  # tokens of a chat template
WORD = re.compile(r"[A-Za-z]+|[Ѐ-ԯ]+|\d+|\s+|.", re.DOTALL)
DURATION = re.compile(r"-?(\d+(\.\d+)?(ns|us|ms|s|m|h))+|0")


class Refusal(Exception):
    """Ollama's way to say no: a status and one sentence."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(status, text)
        self.status = status
        self.text = text


@dataclass(frozen=True, slots=True)
class Call:
    """A chat request that was read; num_ctx in tokens."""

    asked: Asked
    messages: tuple[ChatMessage, ...]
    stream: bool
    truncate: bool
    num_ctx: int
    prompt_tokens: int


def full_name(model: str) -> str:
    """Ollama's names always have a tag."""
    return model if ":" in model else f"{model}:latest"


def read_body(raw: bytes) -> dict[str, Any]:
    try:
        body = json.loads(raw)
    except ValueError as error:
        raise Refusal(400, f"invalid request body: {error}") from error
    if not isinstance(body, dict):
        raise Refusal(400, "json: cannot unmarshal into Go value of type api.ChatRequest")
    return body


def known_model(body: dict[str, Any], models: Collection[str]) -> str:
    model = named_model(body)
    if full_name(model) not in models:
        raise Refusal(404, f"model '{model}' not found")
    return model


def named_model(body: dict[str, Any]) -> str:
    model = body.get("model")
    if not isinstance(model, str) or not model:
        raise Refusal(400, "model is required")
    return model


def read_call(body: dict[str, Any], model: str) -> Call:
    """Raises Refusal where Ollama would refuse."""
    messages = tuple(_message(fields) for fields in body.get("messages") or [])
    options = body.get("options") or {}
    _check_duration(body.get("keep_alive", 0))
    call = Call(
        asked=_asked(model, messages, _tools(body)),
        messages=messages,
        stream=flag(body, "stream"),
        truncate=flag(body, "truncate"),
        num_ctx=int(options.get("num_ctx") or DEFAULT_CONTEXT),
        prompt_tokens=sum(tokens(one.content) + PER_MESSAGE for one in messages),
    )
    if call.prompt_tokens > call.num_ctx and not call.truncate:
        raise Refusal(400, "the input length exceeds the context length")
    return call


def tokens(text: str) -> int:
    """As a plausible tokenizer would: words in parts, each character of what is not a word."""
    count = 0
    for part in WORD.findall(text):
        letters = 7 if part.isascii() else 4
        count += 0 if part == " " else math.ceil(len(part) / letters)
    return count


def piece_line(model: str, piece: Piece) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": piece.text}
    if piece.thinking:
        message["thinking"] = piece.thinking
    if piece.calls:
        message["tool_calls"] = [
            {"function": {"index": index, "name": call.name, "arguments": dict(call.arguments)}}
            for index, call in enumerate(piece.calls)
        ]
    return {"model": model, "created_at": now(), "message": message, "done": False}


def last_line(
    model: str, started: float, counts: tuple[int, int], *, full: bool = False
) -> dict[str, Any]:
    """started is on the monotonic clock; counts are of the prompt and of the answer."""
    total = int((time.monotonic() - started) * 1e9)
    return {
        **piece_line(model, Piece()),
        "done": True,
        "done_reason": "length" if full else "stop",
        "total_duration": total,
        "load_duration": 1_000_000,
        "prompt_eval_count": counts[0],
        "prompt_eval_duration": total // 4,
        "eval_count": counts[1],
        "eval_duration": total - total // 4,
    }


def now(later: float = 0.0) -> str:
    """later in seconds."""
    return (datetime.now(UTC) + timedelta(seconds=later)).isoformat().replace("+00:00", "Z")


def _message(fields: object) -> ChatMessage:
    if not isinstance(fields, dict) or not isinstance(fields.get("content", ""), str):
        raise Refusal(400, "json: cannot unmarshal into Go struct field ChatRequest.messages")
    if fields.get("role") not in set(Role):
        raise Refusal(400, "invalid role, must be one of [system, user, assistant, tool]")
    images = tuple(fields.get("images") or ())
    name = fields.get("tool_name")
    return ChatMessage(
        Role(fields["role"]),
        fields.get("content", ""),
        images,
        tuple(_call(call) for call in fields.get("tool_calls") or ()),
        ToolCall(str(name), {}) if name else None,
    )


def _call(fields: object) -> ToolCall:
    """Ollama takes arguments as an object alone, never as text."""
    function = fields.get("function") if isinstance(fields, dict) else None
    if not isinstance(function, dict) or not isinstance(function.get("arguments"), dict):
        raise Refusal(400, "json: cannot unmarshal into Go struct field ToolCallFunction.arguments")
    return ToolCall(str(function.get("name", "")), function["arguments"])


def _tools(body: dict[str, Any]) -> frozenset[str]:
    try:
        return frozenset(str(tool["function"]["name"]) for tool in body.get("tools") or ())
    except (TypeError, KeyError) as error:
        raise Refusal(
            400, "json: cannot unmarshal into Go struct field ChatRequest.tools"
        ) from error


def _asked(model: str, messages: tuple[ChatMessage, ...], tools: frozenset[str]) -> Asked:
    system = "\n\n".join(one.content for one in messages if one.role is Role.SYSTEM)
    talk = tuple(one for one in messages if one.role is not Role.SYSTEM)
    last = len(talk)
    while last and (talk[last - 1].role is Role.TOOL or talk[last - 1].tool_calls):
        last -= 1
    question = talk[last - 1].content if last else ""
    return Asked(model, system, talk[: max(0, last - 1)], question, tools, talk[last:])


def flag(body: dict[str, Any], name: str) -> bool:
    value = body.get(name, True)
    if not isinstance(value, bool):
        raise Refusal(400, f"json: cannot unmarshal into Go struct field ChatRequest.{name}")
    return value


def _check_duration(value: object) -> None:
    if isinstance(value, str) and not DURATION.fullmatch(value):
        raise Refusal(400, f'time: invalid or missing unit in duration "{value}"')
