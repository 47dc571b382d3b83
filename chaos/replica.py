"""A place for one luka process after another, each of which may be killed."""

import asyncio
import os
import signal
import sys
import time
from asyncio.subprocess import DEVNULL, Process
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from luka_bot.storage.parent_death import dies_with_parent

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
        self._process: Process | None = None

    @property
    def at_work(self) -> bool:
        process = self._process
        alive = process is not None and process.returncode is None
        return alive and self.life.spoke is not None and not self.busy

    @property
    def age(self) -> float:
        """Seconds that it has been at work."""
        return 0.0 if self.life.spoke is None else time.monotonic() - self.life.spoke

    @property
    def ended(self) -> bool:
        return self._process is None or self._process.returncode is not None

    async def start(self) -> None:
        self.life = Life()
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "luka_bot",
                cwd=self._folder,
                env=self._environment,
                stdin=DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=dies_with_parent() if sys.platform == "linux" else None,
            )

    async def kept(self) -> None:
        """As a supervisor does it: started again whenever it ended by itself. Until cancelled."""
        while True:
            await asyncio.sleep(LOOK)
            if self.life.begun and self.ended and not self.busy:
                self.gave_up += 1
                await self.start()

    async def kill(self) -> None:
        self.life.falls.append(time.time())
        self._signal(signal.SIGKILL)
        if self._process is not None:
            await self._process.wait()

    async def terminate(self) -> int:
        """Its exit code."""
        self._signal(signal.SIGTERM)
        if self._process is None:
            return 0
        try:
            return await asyncio.wait_for(self._process.wait(), END_LIMIT)
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

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.send_signal(number)


def environment(**settings: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)} | settings
