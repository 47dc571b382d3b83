"""What a process gives the watchdog to look at."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from luka_bot.llm.protocol import ChatModel
from luka_bot.storage.client import Storage
from luka_bot.watch.vitals import Vitals


class State(Protocol):
    """Of the inbox, over all replicas. oldest: seconds that the first has waited. died: the entry
    that was given up last, "" if none is kept."""

    @property
    def depth(self) -> int: ...
    @property
    def oldest(self) -> float: ...
    @property
    def dead(self) -> int: ...
    @property
    def died(self) -> str: ...


class Records(Protocol):
    """What storage knows of the inbox. Both raise StorageAway."""

    async def state(self) -> State: ...
    async def last_polled(self) -> float | None:
        """Seconds since the epoch; None if nobody polled within the last two minutes."""
        ...


@dataclass(frozen=True, slots=True)
class PushState:
    """The webhook as Telegram sees it. ours: it pushes to our address; failed_ago: seconds since a
    push failed, None if none did."""

    ours: bool
    pending: int
    failed_ago: float | None


AskPush = Callable[[], Awaitable[PushState | None]]
"""Asks Telegram; None if it doesn't answer. Doesn't raise, and bounds its own time."""


@dataclass(frozen=True, slots=True)
class Senses:
    """Either push (a webhook is set) or poll_anew (begin the poll again) is given.

    model_name says which one has to be there. tells_all: the model's server names every model
    that it answers for.
    """

    vitals: Vitals
    storage: Storage
    records: Records
    model: ChatModel
    model_name: Callable[[], str]
    inbox_limit: int
    tells_all: bool = True
    push: AskPush | None = None
    poll_anew: Callable[[], None] | None = None
