"""From single looks to an alarm that neither flaps nor hurries."""

from enum import Enum

from luka_bot.watch.check import Check, Outcome


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

    @property
    def seen(self) -> Outcome:
        """What readiness shows. Before it was well for the first time, nothing is forgiven."""
        last = self._last or Outcome(ok=False, detail="not looked yet")
        if self.standing and last.ok:
            return Outcome(ok=False, detail=f"well again, waiting {self._clear:.0f} s to be sure")
        return Outcome(ok=not self.standing and (last.ok or self._ever_well), detail=last.detail)

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
