"""How late the event loop is: whoever blocks it makes everybody wait."""

import asyncio

from luka_bot.models.clock import Clock
from luka_bot.watch.check import WELL, Outcome, failing
from luka_bot.watch.pulse import Pulse

NAP = 0.25  # s


class LoopLag:
    def __init__(self, pulse: Pulse, clock: Clock) -> None:
        self._pulse = pulse
        self._clock = clock
        self._late = 0.0
        self._late_at = float("-inf")

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            slept = self._clock()
            await asyncio.sleep(NAP)
            late = self._clock() - slept - NAP
            if late > self._pulse.lag:
                self._late, self._late_at = late, self._clock()

    async def look(self) -> Outcome:
        if self._clock() - self._late_at > self._pulse.shock:
            return WELL
        return failing(f"nothing ran for {self._late:.1f} s")
