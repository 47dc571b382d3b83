"""What the scripted model is asked, and how it is to answer."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from luka_bot.llm.protocol import ChatMessage


@dataclass(frozen=True, slots=True)
class Asked:
    """One chat request. earlier is what stands before the question, without system messages."""

    model: str
    system: str
    earlier: tuple[ChatMessage, ...]
    question: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer and its manners. Counts are in chunks of the answer's text, delays in seconds.

    chunk is characters a chunk, 0 = word by word. From chunk number hold_after on, the stream
    waits for gate (None: the server's). cut_after drops the connection, error_after sends
    `error` inside the stream, hang_after falls silent for ever. A status other than 200 answers
    with `error` at once.
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
    error: str = ""
    prompt_tokens: int | None = None
    answer_tokens: int | None = None


Answering = Callable[[Asked], Reply | str]
