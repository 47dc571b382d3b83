"""Calls of tools that come in pieces, put together."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from secrets import token_hex

from luka_bot.llm.tool_wire import arguments_in
from luka_bot.models.events import ToolCall


@dataclass(frozen=True, slots=True)
class CallPart:
    """index: which call it belongs to; None where a server doesn't number them. arguments: a piece
    of JSON's text."""

    index: int | None
    id: str = ""
    name: str = ""
    arguments: str = ""


class PartialCalls:
    """Of one answer. Without numbers, a part with an id of its own begins a call."""

    def __init__(self) -> None:
        self._calls: dict[int, CallPart] = {}

    def feed(self, parts: Iterable[CallPart]) -> None:
        for part in parts:
            index = part.index if part.index is not None else self._guess(part)
            known = self._calls.get(index, CallPart(index))
            self._calls[index] = replace(
                known,
                id=known.id or part.id,
                name=known.name or part.name,
                arguments=known.arguments + part.arguments,
            )

    def whole(self) -> list[ToolCall]:
        """In their order. What has no id gets one, for its result must name it."""
        return [
            ToolCall(call.name, arguments_in(call.arguments), call.id or f"call_{token_hex(6)}")
            for _, call in sorted(self._calls.items())
        ]

    def _guess(self, part: CallPart) -> int:
        last = max(self._calls, default=-1)
        same = last >= 0 and (not part.name or part.id == self._calls[last].id != "")
        return last if same else last + 1
