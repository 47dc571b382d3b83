"""From single looks to an alarm that neither flaps nor hurries."""

from enum import Enum

from luka_bot.watch.check import Check, Outcome, failing


class Change(Enum):
    NONE = 0
    RAISED = 1
    OVER = 2


class Alarm:
    """Raised when its check has failed for raise_after without a break, over when it has been
    well for `clear` seconds without a break."""

    def __init__(self, check: Check, clear: float) -> None:
        self.check = check
        self.standing = False
        self._clear = clear
        self._last: Outcome | None = None
        self._same_since = 0.0
        self._ever_well = False
        self._cured_at = float("-inf")

    @property
    def seen(self) -> Outcome:
        """What readiness shows. Before it was well for the first time, nothing is forgiven."""
        if self._last is None:
            return failing("not looked yet")
        if self.standing and self._last.ok:
            return failing(f"well again; over after {self._clear:.0f} s without a relapse")
        forgiven = self._last.ok or (self._ever_well and not self.standing)
        return Outcome(ok=forgiven, detail=self._last.detail)

    def see(self, outcome: Outcome, now: float) -> Change:
        if self._last is None or self._last.ok != outcome.ok:
            self._same_since = now
        self._last = outcome
        self._ever_well = self._ever_well or outcome.ok
        lasted = now - self._same_since
        if not outcome.ok and not self.standing and lasted >= self.check.raise_after:
            self.standing = True
            return Change.RAISED
        if outcome.ok and self.standing and lasted >= self._clear:
            self.standing = False
            return Change.OVER
        return Change.NONE

    def needs_cure(self, now: float) -> bool:
        """True when it is raised, and again each time that the cure could have worked by now."""
        if not self.standing or self._last is None or self._last.ok:
            return False
        if now - self._cured_at < 2 * self.check.raise_after:
            return False
        self._cured_at = now
        return True
