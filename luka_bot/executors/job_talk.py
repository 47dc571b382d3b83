"""What was said between the model and its tools, kept within what the model can read."""

from collections.abc import Sequence
from dataclasses import replace

from luka_bot.executors.job_prompt import TOOLS_COST, JobPrompt, cost, too_long
from luka_bot.executors.job_tools import READ, WRITE
from luka_bot.llm.protocol import ChatMessage
from luka_bot.models.events import ToolCall
from luka_bot.models.message import Role
from luka_bot.services.prompt import Budget
from luka_bot.services.tokens import estimate

SHRINKS = 4  # times that the server may count more tokens than we do
SHARE = 0.7
PART_SHARE = 3  # a third of the room for what is read at once
PER_CHARACTER = 0.5  # tokens, of a table with many figures
WORTH_IT = 100  # tokens; leaving out less makes no room
LEFT_OUT = "(Left out to make room.)"


class JobTalk:
    """Of one job. tools: whether the model has any; raises JobFailed where nothing helps."""

    def __init__(self, prompt: JobPrompt, budget: Budget) -> None:
        self._prompt = prompt
        self._budget = budget
        self._tools = True
        self._whole = prompt.whole_files(budget, tools=True)
        self._rounds: list[ChatMessage] = []
        self._shrinks = 0

    @property
    def part(self) -> int:
        """Characters that may be read at once."""
        return max(500, int(self._budget.limit / self._budget.factor / PART_SHARE / PER_CHARACTER))

    def without_tools(self) -> None:
        self._tools = False
        self._choose()

    def shrink(self) -> bool:
        """For a talk that the server found too long. False if that is of no use any more."""
        self._shrinks += 1
        shrunk = int(self._size() * self._budget.factor * SHARE)
        self._budget = replace(self._budget, limit=min(self._budget.limit, shrunk))
        return self._shrinks < SHRINKS

    def add(self, text: str, calls: Sequence[ToolCall], results: Sequence[str]) -> None:
        self._rounds.append(ChatMessage(Role.ASSISTANT, text, tool_calls=tuple(calls)))
        self._rounds += [
            ChatMessage(Role.TOOL, result, answers=call)
            for call, result in zip(calls, results, strict=True)
        ]

    def messages(self) -> tuple[ChatMessage, ...]:
        """What was read first is left out first, then files' texts are offered to be read."""
        while not self._budget.holds(self._size()):
            if self._forget():
                continue
            self._choose()
            if not self._budget.holds(self._size()):
                raise too_long(self._size(), self._budget)
        return (*self._prompt.messages(self._whole, tools=self._tools), *self._rounds)

    def _choose(self) -> None:
        left = self._budget.limit - int(cost(self._rounds) * self._budget.factor)
        room = replace(self._budget, limit=left)
        self._whole = self._prompt.whole_files(room, tools=self._tools)

    def _size(self) -> int:
        told = self._prompt.messages(self._whole, tools=self._tools)
        return cost(told) + cost(self._rounds) + TOOLS_COST * self._tools

    def _forget(self) -> bool:
        """The newest result stays: the model was just about to look at it."""
        for index, message in enumerate(self._rounds[:-1]):
            shorter = _shorter(message)
            if shorter != message:
                self._rounds[index] = shorter
                return True
        return False


def _shorter(message: ChatMessage) -> ChatMessage:
    if message.answers and message.answers.name == READ and estimate(message.content) > WORTH_IT:
        return replace(message, content=LEFT_OUT)
    calls = tuple(_shorter_call(call) for call in message.tool_calls)
    return replace(message, tool_calls=calls)


def _shorter_call(call: ToolCall) -> ToolCall:
    content = call.arguments.get("content")
    if call.name != WRITE or not isinstance(content, str) or estimate(content) <= WORTH_IT:
        return call
    return replace(call, arguments={**call.arguments, "content": LEFT_OUT})
