"""What the model is told: as much of a thread as fits, the newest first."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from luka_bot.llm.protocol import ChatMessage
from luka_bot.models.errors import ContextTooLong
from luka_bot.models.message import Message, MessageState, Role
from luka_bot.models.thread import Thread
from luka_bot.services.tokens import IMAGE, MESSAGE, estimate

ANSWER_SHARE = 4  # a quarter of the context is kept for the answer ...
ANSWER_MOST = 2048  # ... but no more tokens than a long answer has
SUMMARY_INTRO = "What was said earlier in this conversation, in short:"


@dataclass(frozen=True, slots=True)
class Budget:
    """limit is in the model's own tokens; factor is how many of them an estimated one is."""

    limit: int
    factor: float = 1.0

    @classmethod
    def of(cls, num_ctx: int, factor: float) -> Self:
        """What the context leaves once room for the answer is kept."""
        return cls(num_ctx - min(num_ctx // ANSWER_SHARE, ANSWER_MOST), factor)

    def holds(self, estimated: int) -> bool:
        return estimated * self.factor <= self.limit

    def shrunk(self, prompt: "Prompt", share: float) -> Self:
        """For a prompt that the server found too long, whatever we had estimated."""
        size = min(self.limit, prompt.estimated * self.factor)
        return replace(self, limit=math.ceil(max(size * share, prompt.least * self.factor)))


@dataclass(frozen=True, slots=True)
class Prompt:
    """dropped are the messages that no longer fit, oldest first.

    estimated are its tokens before the factor, least those that it has without any history.
    """

    messages: tuple[ChatMessage, ...]
    dropped: tuple[Message, ...]
    estimated: int
    least: int


def build(
    question: Message,
    thread: Thread,
    history: Sequence[Message],
    system_prompt: str,
    budget: Budget,
) -> Prompt:
    """system_prompt holds where the thread has none of its own.

    Raises ContextTooLong if the question alone is too long; the summary gives way before that.
    """
    named = _several_people([*history, question])
    asked = _chat(question, named=named)
    system = _system(thread.system_prompt or system_prompt, thread.summary)
    if not budget.holds(_cost([*system, asked])):
        system = _system(thread.system_prompt or system_prompt, "")
    size = least = _cost([*system, asked])
    if not budget.holds(least):
        raise ContextTooLong(budget.limit)
    told = exchanges(history, question)
    kept: list[ChatMessage] = []
    while told:
        exchange = [_chat(message, named=named) for message in told[-1]]
        if not budget.holds(size + _cost(exchange)):
            break
        told.pop()
        kept[:0] = exchange
        size += _cost(exchange)
    dropped = tuple(message for exchange in told for message in exchange)
    return Prompt((*system, *kept, asked), dropped, size, least)


def exchanges(history: Sequence[Message], question: Message) -> list[list[Message]]:
    """Each question with its answer, oldest first, also where others spoke in between.

    Left out: questions that failed, were stopped or wait without any answer, and the question.
    """
    found: list[list[Message]] = []
    waiting: dict[str, list[Message]] = {}  # by turn id; the seed's messages have none: ""
    for message in history:
        if question.id and message.id == question.id:
            continue
        if not (message.content or message.images):
            continue
        if message.role is Role.ASSISTANT and message.id in waiting:
            waiting.pop(message.id).append(message)
            continue
        found.append([message])
        if message.role is Role.USER:
            waiting[message.id] = found[-1]
    return [exchange for exchange in found if _worth_telling(exchange)]


def _worth_telling(exchange: list[Message]) -> bool:
    return len(exchange) > 1 or exchange[0].state is MessageState.DONE


def _several_people(messages: Sequence[Message]) -> bool:
    """A group's questions bear the group's number, below zero; there names tell people apart."""
    people = {
        one.name if one.sender_id is not None and one.sender_id < 0 else one.sender_id
        for one in messages
        if one.role is Role.USER
    }
    return len(people - {None, ""}) > 1


def _system(system_prompt: str, summary: str) -> list[ChatMessage]:
    earlier = f"{SUMMARY_INTRO}\n{summary}" if summary else ""
    content = "\n\n".join(part for part in (system_prompt, earlier) if part)
    return [ChatMessage(Role.SYSTEM, content)] if content else []


def _chat(message: Message, *, named: bool) -> ChatMessage:
    name = " ".join(message.name.split())
    prefix = f"{name}: " if named and name and message.role is Role.USER else ""
    return ChatMessage(message.role, prefix + message.content, message.images)


def _cost(messages: Sequence[ChatMessage]) -> int:
    return sum(MESSAGE + estimate(one.content) + IMAGE * len(one.images) for one in messages)
