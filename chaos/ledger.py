"""What people said, to be compared with what they got."""

from dataclasses import dataclass, field

from chaos.tokens import Token


@dataclass(slots=True)
class Question:
    """thread: its name as the person knows it. stopped: they pressed Stop, so it may be short."""

    token: Token
    person_id: int
    thread: str
    message_id: int
    update_id: int
    at: float
    stopped: bool = False

    def __str__(self) -> str:
        return f"{self.token} (person {self.person_id}, {self.thread}, update {self.update_id})"


@dataclass(slots=True)
class Ledger:
    """In the order in which people wrote. repeated: taps that were, for want of an effect."""

    questions: list[Question] = field(default_factory=list)
    repeated: int = 0
    taps: int = 0
    messages: int = 0
    unanswered_taps: list[str] = field(default_factory=list)
