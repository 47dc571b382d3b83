"""Looks at everything every few seconds, raises alarms and says whether this replica can serve."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from luka_bot.models.clock import Clock
from luka_bot.watch.alarm import Alarm
from luka_bot.watch.check import AlarmName, Check, Outcome
from luka_bot.watch.pulse import Pulse

Beside = Callable[[], Awaitable[None]]
"""Runs as long as the watchdog does."""


class Status(StrEnum):
    STARTING = "starting"
    READY = "ready"
    DEGRADED = "degraded"  # it serves, and somebody should look after it
    UNREADY = "not ready"


@dataclass(frozen=True, slots=True)
class Report:
    status: Status
    checks: Mapping[str, Outcome]

    @property
    def serves(self) -> bool:
        return self.status in (Status.READY, Status.DEGRADED)


class Teller(Protocol):
    """Whoever is told of alarms; neither waits nor raises."""

    def raised(self, name: AlarmName, detail: str) -> None: ...
    def over(self, name: AlarmName) -> None: ...


class Watchdog:
    """clock is monotonic. tellers hear of each alarm once when it is raised, once when it is over.

    beside: what has to run for the checks, such as probes.
    """

    def __init__(
        self,
        checks: Sequence[Check],
        beside: Sequence[Beside],
        tellers: Sequence[Teller],
        pulse: Pulse,
        clock: Clock,
    ) -> None:
        self._alarms = tuple(Alarm(check, pulse.clear) for check in checks)
        self._beside = beside
        self._tellers = tellers
        self._pulse = pulse
        self._clock = clock

    async def run(self) -> None:
        """Until cancelled."""
        raise NotImplementedError

    def report(self) -> Report:
        raise NotImplementedError
