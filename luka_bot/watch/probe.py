"""A question to somebody who may be slow: asked beside the checks, which take the last answer."""

import asyncio

from luka_bot.watch.check import Look, Outcome
from luka_bot.watch.pulse import Pulse


class Probe:
    def __init__(self, ask: Look, pulse: Pulse) -> None:
        self._ask = ask
        self._pulse = pulse
        self._last = Outcome(ok=False, detail="not asked yet")

    async def look(self) -> Outcome:
        return self._last

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            self._last = await self._ask()
            pause = self._pulse.probe if self._last.ok else self._pulse.probe_again
            await asyncio.sleep(pause)
