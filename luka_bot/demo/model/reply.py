"""What the scripted model is asked, and how it is to answer."""

import asyncio
import re
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass

from luka_bot.llm.protocol import ChatMessage
from luka_bot.models.events import ToolCall


@dataclass(frozen=True, slots=True)
class Asked:
    """One chat request. earlier is what stands before the question, without system messages.

    tools: the names of those that were offered. since: the calls of tools since the question, and
    what they said.
    """

    model: str
    system: str
    earlier: tuple[ChatMessage, ...]
    question: str
    tools: frozenset[str] = frozenset()
    since: tuple[ChatMessage, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer and its manners. Counts are in chunks of the answer's text, delays in seconds.

    chunk is characters a chunk, 0 = word by word. From chunk number hold_after on, the stream
    waits for gate (None: the server's). cut_after drops the connection, error_after sends
    `error` inside the stream, hang_after falls silent for ever. A status other than 200 answers
    with `error` at once. Token counts that are None are counted by the server. full: it
    ends because the context holds no more. calls: of tools, after the text, a line each.
    """

    text: str = ""
    thinking: str = ""
    chunk: int = 0
    delay_first: float = 0.0
    delay_between: float = 0.0
    hold_after: int = 0
    gate: asyncio.Event | None = None
    cut_after: int | None = None
    error_after: int | None = None
    hang_after: int | None = None
    status: int = 200
    error: str = "the model runner has unexpectedly stopped"
    prompt_tokens: int | None = None
    answer_tokens: int | None = None
    full: bool = False
    calls: tuple[ToolCall, ...] = ()


Answering = Callable[[Asked], Reply | str]


@dataclass(frozen=True, slots=True)
class Piece:
    """What one line of the stream carries."""

    text: str = ""
    thinking: str = ""
    calls: tuple[ToolCall, ...] = ()


def joined(one: Piece, other: Piece) -> Piece:
    return Piece(one.text + other.text, one.thinking + other.thinking, (*one.calls, *other.calls))


class CutHere(Exception):
    """The connection is to break now."""


class ErrorHere(Exception):
    """The stream is to end with this error."""


async def perform(reply: Reply, gate: asyncio.Event) -> AsyncGenerator[Piece, None]:
    """Raises CutHere and ErrorHere where the reply wants it; the server's gate is the default."""
    gate = reply.gate or gate
    if not reply.hold_after:
        await gate.wait()
    await asyncio.sleep(reply.delay_first)
    for thought in _pieces(reply.thinking, reply.chunk):
        yield Piece(thinking=thought)
        await asyncio.sleep(reply.delay_between)
    pieces = _pieces(reply.text, reply.chunk)
    for index, text in enumerate(pieces):
        await _manners(reply, index, gate)
        yield Piece(text=text)
        await asyncio.sleep(reply.delay_between)
    await _manners(reply, len(pieces), gate)
    for call in reply.calls:
        yield Piece(calls=(call,))


async def _manners(reply: Reply, index: int, gate: asyncio.Event) -> None:
    if index >= reply.hold_after:
        await gate.wait()
    if reply.cut_after == index:
        raise CutHere
    if reply.error_after == index:
        raise ErrorHere(reply.error)
    if reply.hang_after == index:
        await asyncio.Event().wait()


def _pieces(text: str, chunk: int) -> list[str]:
    if not chunk:
        return re.findall(r"\s*\S+|\s+$", text)
    return [text[start : start + chunk] for start in range(0, len(text), chunk)]
