"""Whether the bot that runs here still hears Telegram; asked every 30 s, so it imports little."""

import time
from dataclasses import dataclass

from luka_bot.config import Settings
from luka_bot.models.errors import LukaError
from luka_bot.storage.connect import open_storage, runs_beside
from luka_bot.storage.inbox_records import InboxRecords


@dataclass(frozen=True, slots=True)
class Finding:
    """remedy is empty when all is well; note is worth knowing even then."""

    what: str
    says: str
    remedy: str = ""
    note: str = ""

    @property
    def well(self) -> bool:
        return not self.remedy


async def heard_from_telegram(settings: Settings) -> Finding:
    """Starts no store of its own: where none runs, no bot does."""
    if not (settings.redis_url or runs_beside(settings.data_dir)):
        return Finding("Telegram", "no luka runs here", "luka-bot run")
    try:
        async with open_storage(settings.redis_url, settings.data_dir, attach=True) as storage:
            seen = await InboxRecords(storage, time.time).last_polled()
    except LukaError as error:
        return Finding("Telegram", f"storage is away: {error}", "Is Redis running?")
    if seen is None:
        return Finding("Telegram", "silent for two minutes", "luka-bot doctor")
    return Finding("Telegram", f"heard from Telegram {time.time() - seen:.0f} s ago")
