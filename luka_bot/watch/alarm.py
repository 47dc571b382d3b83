"""From single looks to an alarm that neither flaps nor hurries."""

from dataclasses import replace
from enum import Enum

from luka_bot.watch.check import Check, Outcome, failing


class Change(Enum):
    NONE = 0
    RAISED = 1
    OVER = 2
    WELL = 3  # for the first time: nothing that an earlier process told of it holds any more


class Alarm:
    """Raised when its check has failed for raise_after without a break, over when it has been
    well for `clear` seconds without a break."""

    def __init__(self, check: Check, clear: float) -> None:
        self.check = check
        self.standing = False
        self._clear = clear
        self._last: Outcome | None = None
        self._same_since = 0.0
        self._served = False
        self._ever_well = False
        self._settled = False  # it was raised, or well for long enough, at least once
        self._cured_at = float("-inf")

    @property
    def seen(self) -> Outcome:
        """What readiness shows. Before it was well for the first time, nothing is forgiven."""
        if self._last is None:
            return failing("not looked yet")
        if self.standing and self._last.ok:
            relapse = f"well again; over after {self._clear:.0f} s without a relapse"
            return Outcome(ok=False, detail=relapse, serves=self._served)
        forgiven = self._last.ok or (self._ever_well and not self.standing)
        return replace(self._last, ok=forgiven)

    def see(self, outcome: Outcome, now: float) -> Change:
        if self._last is None or self._last.ok != outcome.ok:
            self._same_since = now
        self._last = outcome
        self._served = outcome.serves if not outcome.ok else self._served
        self._ever_well = self._ever_well or outcome.ok
        lasted = now - self._same_since
        return self._well(lasted) if outcome.ok else self._failing(lasted)

    def _failing(self, lasted: float) -> Change:
        if self.standing or lasted < self.check.raise_after:
            return Change.NONE
        self.standing = self._settled = True
        return Change.RAISED

    def _well(self, lasted: float) -> Change:
        if lasted < self._clear or (self._settled and not self.standing):
            return Change.NONE
        change = Change.OVER if self.standing else Change.WELL
        self.standing, self._settled = False, True
        return change

    def needs_cure(self, now: float) -> bool:
        """True when it is raised, and again each time that the cure could have worked by now."""
        if not self.standing or self._last is None or self._last.ok:
            return False
        if now - self._cured_at < 2 * self.check.raise_after:
            return False
        self._cured_at = now
        return True
