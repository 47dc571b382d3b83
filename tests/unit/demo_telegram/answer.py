"""An answer of the Bot API, taken apart for asserts."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: dict[str, Any]

    @property
    def result(self) -> Any:  # noqa: ANN401 - the wire
        assert self.body["ok"], self.body
        return self.body["result"]

    @property
    def refusal(self) -> str:
        assert not self.body["ok"], self.body
        return str(self.body["description"])
