"""Every call the bot made, for asserts on their number and order."""

from dataclasses import dataclass, replace

from luka_bot.demo.telegram.json_types import Json

KEPT = 20_000  # calls; a demo may run for days


@dataclass(frozen=True, slots=True)
class ApiCall:
    """`at` is monotonic, when the call came in; `status` is 0 until it was answered (or cut)."""

    method: str
    params: Json
    chat_id: int | None
    at: float
    ok: bool = False
    status: int = 0


class Journal:
    def __init__(self) -> None:
        self._calls: dict[int, ApiCall] = {}
        self._next = 0

    def began(self, call: ApiCall) -> int:
        number = self._next
        self._next += 1
        self._calls[number] = call
        self._calls.pop(number - KEPT, None)
        return number

    def ended(self, number: int, *, ok: bool, status: int) -> None:
        if number in self._calls:
            self._calls[number] = replace(self._calls[number], ok=ok, status=status)

    def calls(self) -> list[ApiCall]:
        return list(self._calls.values())

    def clear(self) -> None:
        self._calls.clear()
