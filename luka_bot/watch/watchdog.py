"""Looks at everything every few seconds, raises alarms and says whether this replica can serve."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

import structlog

from luka_bot import metrics
from luka_bot.models.clock import Clock
from luka_bot.models.errors import StorageAway
from luka_bot.watch.alarm import Alarm, Change
from luka_bot.watch.check import AlarmName, Check, Outcome, failing
from luka_bot.watch.pulse import Pulse

Beside = Callable[[], Coroutine[Any, Any, None]]
"""Runs as long as the watchdog does."""

ASLEEP = 6  # rounds without one; then the watchdog itself is what is wrong

log = structlog.get_logger(__name__)


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
    def well(self, name: AlarmName) -> None:
        """For the first time since this process began; an earlier one may have raised it."""
        ...


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
        self._looked_at: float | None = None
        for name in AlarmName:
            metrics.ALARM.labels(name).set(0)
            metrics.ALARMS.labels(name)

    async def run(self) -> None:
        """Until cancelled."""
        self._tell_of_the_absent()
        async with asyncio.TaskGroup() as group:
            for work in self._beside:
                group.create_task(work())
            while True:
                await self._round()
                self._looked_at = self._clock()
                well = self.report().status is Status.READY
                await asyncio.sleep(self._pulse.between if well else self._pulse.closely)

    def report(self) -> Report:
        checks = {str(alarm.check.name): alarm.seen for alarm in self._alarms}
        if self._looked_at is None:
            return Report(Status.STARTING, checks)
        asleep = self._clock() - self._looked_at
        if asleep > ASLEEP * (self._pulse.between + self._pulse.answer):
            checks["watchdog"] = failing(f"it looked {asleep:.0f} s ago")
            return Report(Status.UNREADY, checks)
        bad = [alarm for alarm in self._alarms if not alarm.seen.ok]
        if any(alarm.check.vital and not alarm.seen.serves for alarm in bad):
            return Report(Status.UNREADY, checks)
        return Report(Status.DEGRADED if bad else Status.READY, checks)

    async def _round(self) -> None:
        async with asyncio.TaskGroup() as group:
            for alarm in self._alarms:
                group.create_task(self._look(alarm))

    async def _look(self, alarm: Alarm) -> None:
        try:
            async with asyncio.timeout(self._pulse.answer * 2):
                outcome = await alarm.check.look()
        except (StorageAway, TimeoutError):
            return
        except Exception as error:  # a check that breaks must not blind all the others
            log.exception("alarm.check_broke", alarm=str(alarm.check.name))
            outcome = failing(f"the check itself broke ({type(error).__name__})")
        if outcome is None:
            return
        self._tell(alarm, alarm.see(outcome, self._clock()))
        self._cure(alarm)

    def _tell(self, alarm: Alarm, change: Change) -> None:
        name, detail = alarm.check.name, alarm.seen.detail
        match change:
            case Change.NONE:
                return
            case Change.RAISED:
                log.error("alarm.raised", alarm=str(name), detail=detail)
                metrics.ALARMS.labels(name).inc()
                for teller in self._tellers:
                    teller.raised(name, detail)
            case Change.OVER:
                log.warning(
                    "alarm.over", alarm=str(name)
                )  # heard by whoever heard of its beginning
                for teller in self._tellers:
                    teller.over(name)
            case Change.WELL:
                for teller in self._tellers:
                    teller.well(name)
        metrics.ALARM.labels(name).set(int(alarm.standing))

    def _tell_of_the_absent(self) -> None:
        """What this process doesn't look at, such as the other way in, can't stand any more."""
        seen = {alarm.check.name for alarm in self._alarms}
        for name in set(AlarmName) - seen:
            for teller in self._tellers:
                teller.well(name)

    def _cure(self, alarm: Alarm) -> None:
        if alarm.check.cure is None or not alarm.needs_cure(self._clock()):
            return
        log.warning("alarm.cure", alarm=str(alarm.check.name))
        alarm.check.cure()
