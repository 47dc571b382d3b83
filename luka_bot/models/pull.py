"""A model that is being downloaded."""

from dataclasses import dataclass
from enum import StrEnum

from luka_bot.models.overseer import Overseer


class Phase(StrEnum):
    """What the server is at. WAITING: it doesn't answer, and is asked again."""

    BEGINNING = "beginning"
    LOADING = "loading"
    CHECKING = "checking"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Pull:
    """completed, total: bytes; total 0 as long as nobody knows. cancelled_by: a name, "" if nobody
    did. request: which update began it."""

    name: str
    overseer: Overseer
    phase: Phase = Phase.BEGINNING
    completed: int = 0
    total: int = 0
    cancelled_by: str = ""
    request: str = ""
