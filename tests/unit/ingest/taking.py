"""What the tests of the intake share."""

import asyncio
from contextlib import nullcontext
from dataclasses import replace
from typing import Any

from luka_bot.ingest.handover import Handover
from luka_bot.ingest.intake import Intake
from luka_bot.ingest.raw_updates import RawUpdate
from luka_bot.models.errors import TurnTaken
from luka_bot.storage.inbox import Inbox
from luka_bot.suspicion import waiting
from tests import inboxes


def message(number: int, chat: int = 7) -> RawUpdate:
    return {"update_id": number, "message": {"chat": {"id": chat}, "text": str(number)}}


class Handlers:
    """A dispatcher of our own making: it notes what came, and does as it was told."""

    def __init__(self) -> None:
        self.seen: list[int] = []
        self.troubles: list[Exception] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.hands_over = False
        self.rests = False  # what is handed over only waits
        self.taken = 0  # how often what is handed over is taken away

    async def __call__(self, raw: RawUpdate, handover: Handover) -> None:
        self.seen.append(raw["update_id"])
        if self.troubles:
            raise self.troubles.pop(0)
        if self.hands_over:
            handover.take(self._wait)
        else:
            await self.gate.wait()

    async def _wait(self) -> None:
        if self.taken:
            self.taken -= 1
            raise TurnTaken
        with waiting() if self.rests else nullcontext():
            await self.gate.wait()


class Told:
    """Notices, noted."""

    def __init__(self) -> None:
        self.away: list[RawUpdate] = []
        self.broken: list[RawUpdate] = []
        self.given_up: list[RawUpdate] = []

    def storage_away(self, raw: RawUpdate) -> None:
        self.away.append(raw)

    def broke(self, raw: RawUpdate) -> None:
        self.broken.append(raw)

    async def gave_up(self, raw: RawUpdate) -> None:
        self.given_up.append(raw)


async def bring(intake: Intake, inbox: Inbox, *updates: dict[str, Any]) -> None:
    await inboxes.bring(inbox, *updates)
    await take_all(intake, inbox)


async def take_all(intake: Intake, inbox: Inbox, *, moved: bool = False) -> None:
    """moved: as if a process before us had ended without having dealt with it."""
    entries = [replace(entry, moved=moved) for entry in await inboxes.waiting(inbox)]
    intake.take(entries, await inbox.tries())
