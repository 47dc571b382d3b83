"""A place for one luka process after another, each of which may be killed."""

import asyncio
import os
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path

from chaos.children import Child, bear

ROOT = Path(__file__).parent.parent
END_LIMIT = 30.0  # s after SIGTERM
LOOK = 0.3  # s between two looks whether it ended


@dataclass(slots=True)
class Life:
    """One process. falls: seconds since the epoch at which it was killed or frozen."""

    falls: list[float] = field(default_factory=list)
    begun: bool = True
    spoke: float | None = None
    """When it first called Telegram (monotonic): since then it is at work."""


class Replica:
    """Its log goes to `log`, all lives one after another."""

    def __init__(self, number: int, environment: dict[str, str], folder: Path) -> None:
        self.number = number
        self.log = folder / f"luka-{number}.log"
        self.life = Life(begun=False)
        self.frozen = False
        self.busy = False
        """Something is being done to it already."""
        self.gave_up = 0
        """How often it ended by itself."""
        self._environment = environment
        self._folder = folder
        self._child: Child | None = None
        self._changing = asyncio.Lock()

    @property
    def at_work(self) -> bool:
        return not self.ended and self.life.spoke is not None and not self.busy

    @property
    def age(self) -> float:
        """Seconds that it has been at work."""
        return 0.0 if self.life.spoke is None else time.monotonic() - self.life.spoke

    @property
    def ended(self) -> bool:
        return self._child is None or not self._child.is_alive

    async def start(self) -> None:
        """If nothing runs here: its supervisor may have been quicker."""
        async with self._changing:
            if not self.ended:
                return
            await self._closed()
            self.life = Life()
            nowhere = Path(os.devnull)
            with self.log.open("ab") as log, nowhere.open("rb") as nothing:  # noqa: ASYNC230 - a moment
                streams = (nothing.fileno(), log.fileno(), log.fileno())
                self._child = await bear((), self._folder, self._environment, streams)

    async def kept(self) -> None:
        """As a supervisor does it: started again whenever it ended by itself. Until cancelled."""
        while True:
            await asyncio.sleep(LOOK)
            at_it = self.busy or self._changing.locked()  # others start it at this moment
            if self.life.begun and self.ended and not at_it:
                self.gave_up += 1
                await self.start()

    async def kill(self) -> None:
        self.life.falls.append(time.time())
        async with self._changing:
            await self._closed()

    async def terminate(self) -> int:
        """Its exit code."""
        self._signal(signal.SIGTERM)
        if self._child is None:
            return 0
        try:
            return await self._child.ended(END_LIMIT)
        except TimeoutError:
            await self.kill()
            return -1

    def freeze(self) -> None:
        self.frozen = True
        self.life.falls.append(time.time())
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.frozen = False
        self._signal(signal.SIGCONT)

    async def _closed(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            await child.close()

    def _signal(self, number: signal.Signals) -> None:
        if self._child is not None:
            self._child.send_signal(number)


def environment(**settings: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)} | settings
