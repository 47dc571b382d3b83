"""Trouble on order: what goes wrong with the next call, for tests."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Self

from luka_bot.demo.telegram.json_types import Json

When = Callable[[Json], bool]


class FaultKind(Enum):
    REFUSE = "refuse"  # a proper JSON error, no effect
    GARBAGE = "garbage"  # 502 with HTML, no effect
    CUT_BEFORE = "cut_before"  # connection closed, no effect
    CUT_AFTER = "cut_after"  # effect, then connection closed without an answer
    SILENCE = "silence"  # no answer
    HOLD = "hold"  # effect, then no answer


@dataclass(frozen=True, slots=True)
class Fault:
    kind: FaultKind
    status: int = 0
    description: str = ""
    retry_after: int | None = None
    seconds: float | None = None

    @classmethod
    def flood(cls, retry_after: int) -> Self:
        words = f"Too Many Requests: retry after {retry_after}"
        return cls(FaultKind.REFUSE, 429, words, retry_after=retry_after)

    @classmethod
    def server_error(cls, status: int = 500, description: str = "Internal Server Error") -> Self:
        return cls(FaultKind.REFUSE, status, description)

    @classmethod
    def refuse(cls, code: int, description: str) -> Self:
        """`description` whole, as on the wire: "Bad Request: …"."""
        return cls(FaultKind.REFUSE, code, description)

    @classmethod
    def cannot_parse(cls) -> Self:
        return cls.refuse(400, "Bad Request: can't parse entities: ordered by the test")

    @classmethod
    def garbage(cls) -> Self:
        return cls(FaultKind.GARBAGE, 502)

    @classmethod
    def cut_before(cls) -> Self:
        return cls(FaultKind.CUT_BEFORE)

    @classmethod
    def cut_after(cls) -> Self:
        return cls(FaultKind.CUT_AFTER)

    @classmethod
    def silence(cls, seconds: float | None = None) -> Self:
        """No answer and no effect until the caller hangs up; with `seconds`, a late usual one."""
        return cls(FaultKind.SILENCE, seconds=seconds)

    @classmethod
    def hold(cls) -> Self:
        """Effect, and then no answer until the caller hangs up: so that it can be killed there."""
        return cls(FaultKind.HOLD)


@dataclass(slots=True)
class _Order:
    method: str
    fault: Fault
    left: int | None
    chat_id: int | None
    when: When | None

    def meets(self, method: str, chat_id: int | None, params: Json) -> bool:
        if self.left == 0 or self.method.lower() != method.lower():
            return False
        if self.chat_id is not None and self.chat_id != chat_id:
            return False
        return self.when is None or self.when(params)


class Faults:
    """weather: what goes wrong by chance where no order meets a call, asked by its method."""

    def __init__(self) -> None:
        self.weather: Callable[[str], Fault | None] = lambda _: None
        self._orders: list[_Order] = []

    def add(
        self,
        method: str,
        fault: Fault,
        *,
        times: int | None = 1,
        chat_id: int | None = None,
        when: When | None = None,
    ) -> None:
        """Spoil the next `times` calls (None: all until `clear`) that meet the filters.

        Earlier orders come first. `when` sees the parameters as parsed (nested JSON decoded).
        """
        self._orders.append(_Order(method, fault, times, chat_id, when))

    def clear(self) -> None:
        self._orders.clear()

    def take(self, method: str, chat_id: int | None, params: Json) -> Fault | None:
        """The fault for this call, counted as used; None if it may go well."""
        for order in self._orders:
            if order.meets(method, chat_id, params):
                order.left = None if order.left is None else order.left - 1
                return order.fault
        return self.weather(method)
