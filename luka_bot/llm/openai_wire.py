"""OpenAI's JSON as other servers speak it: our request in its words, its events in ours."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from json import dumps
from typing import Any

from luka_bot.llm.fields import Complaint, Unreadable, complaint, read_object, text, whole
from luka_bot.llm.lines import lines
from luka_bot.llm.partial_calls import CallPart
from luka_bot.llm.protocol import ChatMessage, ChatRequest, InstalledModel
from luka_bot.llm.tool_wire import tools_of

DONE = b"[DONE]"
OTHER_FIELDS = (b":", b"event:", b"id:", b"retry:")  # of server-sent events; the first is a comment
KINDS = {"iVBOR": "png", "R0lGO": "gif", "UklGR": "webp"}  # by the beginning of their base64


@dataclass(frozen=True, slots=True)
class Counts:
    prompt: int
    answer: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """One event of a streamed answer. ended: no text follows, full: for there was no room for it;
    done: nothing at all."""

    text: str = ""
    thinking: str = ""
    calls: tuple[CallPart, ...] = ()
    error: Complaint | None = None
    counts: Counts | None = None
    ended: bool = False
    full: bool = False
    done: bool = False


def chat_body(request: ChatRequest) -> dict[str, Any]:
    """There is no field for num_ctx: the server was started with one."""
    return {
        "model": request.model,
        "messages": [_message(message) for message in request.messages],
        **tools_of(request),
        "stream": True,
        "stream_options": {"include_usage": True},
    }


async def events(chunks: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
    """The data of each event, and whatever is no event at all. Comments, which keep a connection
    alive, are no sign of life of the model."""
    async with aclosing(lines(chunks)) as parts:
        async for line in parts:
            if line.startswith((b"data:", b"error:")):
                yield line.partition(b":")[2].strip()
            elif not line.startswith(OTHER_FIELDS):
                yield line


def read_chunk(data: bytes) -> Chunk:
    """Raises Unreadable if it is neither the last word nor a JSON object."""
    if data == DONE:
        return Chunk(done=True)
    fields = read_object(data)
    choices = fields.get("choices")
    if fields.get("error") or not (isinstance(choices, list) or "usage" in fields):
        return Chunk(error=complaint(fields))
    counts = _counts(fields.get("usage"))
    choice = choices[0] if choices and isinstance(choices[0], dict) else {}
    said = choice.get("delta") or choice.get("message")  # whole, where a server doesn't stream
    said = said if isinstance(said, dict) else {}
    return Chunk(
        text=text(said.get("content")),
        thinking=text(said.get("reasoning_content")) or text(said.get("reasoning")),
        calls=_calls(said.get("tool_calls")),
        counts=counts,
        ended=bool(text(choice.get("finish_reason"))),
        full=choice.get("finish_reason") == "length",
    )


def read_models(body: bytes) -> tuple[InstalledModel, ...]:
    """Raises Unreadable if it isn't a list of models. Only llama.cpp tells a size."""
    models = read_object(body).get("data")
    if not isinstance(models, list):
        raise Unreadable("no list of models")
    found = [model for model in models if isinstance(model, dict) and text(model.get("id"))]
    return tuple(InstalledModel(model["id"], _size(model.get("meta"))) for model in found)


def _message(message: ChatMessage) -> dict[str, Any]:
    if message.tool_calls:
        return _asking(message)
    if message.answers:
        return {
            "role": message.role.value,
            "tool_call_id": message.answers.id,
            "content": message.content,
        }
    if not message.images:
        return {"role": message.role.value, "content": message.content}
    parts: list[dict[str, Any]] = [{"type": "text", "text": message.content}]
    parts += [{"type": "image_url", "image_url": {"url": _data_url(one)}} for one in message.images]
    return {"role": message.role.value, "content": parts}


def _asking(message: ChatMessage) -> dict[str, Any]:
    calls = [
        {
            "id": call.id,
            "type": "function",
            "function": {
                "name": call.name,
                "arguments": dumps(dict(call.arguments), ensure_ascii=False),
            },
        }
        for call in message.tool_calls
    ]
    return {"role": message.role.value, "content": message.content, "tool_calls": calls}


def _calls(said: object) -> tuple[CallPart, ...]:
    calls = [call for call in said if isinstance(call, dict)] if isinstance(said, list) else []
    named = [(call, call.get("function")) for call in calls]
    return tuple(
        CallPart(
            index=call.get("index") if isinstance(call.get("index"), int) else None,
            id=text(call.get("id")),
            name=text(function.get("name")),
            arguments=text(function.get("arguments")),
        )
        for call, function in named
        if isinstance(function, dict)
    )


def _data_url(image: str) -> str:
    return f"data:image/{KINDS.get(image[:5], 'jpeg')};base64,{image}"


def _counts(usage: object) -> Counts | None:
    if not isinstance(usage, dict):
        return None
    return Counts(whole(usage.get("prompt_tokens")), whole(usage.get("completion_tokens")))


def _size(meta: object) -> int:
    return whole(meta.get("size")) if isinstance(meta, dict) else 0
