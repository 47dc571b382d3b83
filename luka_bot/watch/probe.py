"""A question to somebody who may be slow: asked beside the checks, which take the last answer."""

import asyncio

from luka_bot.watch.check import Look, Outcome
from luka_bot.watch.pulse import Pulse


class Probe:
    def __init__(self, ask: Look, pulse: Pulse) -> None:
        self._ask = ask
        self._pulse = pulse
        self._last: Outcome | None = None

    async def look(self) -> Outcome | None:
        return self._last

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            self._last = await self._ask()
            well = self._last is not None and self._last.ok
            pause = self._pulse.probe if well else self._pulse.probe_again
            await asyncio.sleep(pause)
