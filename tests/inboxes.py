"""What tests bring to an inbox, and what they find in it."""

from luka_bot.ingest.raw_updates import RawUpdate, conversation_of
from luka_bot.storage.inbox import BEGINNING, Arrival, Entry, Inbox


async def bring(inbox: Inbox, *updates: RawUpdate) -> int:
    """How many of them were new."""
    return await inbox.append([Arrival(raw, conversation_of(raw)) for raw in updates])


async def waiting(inbox: Inbox) -> list[Entry]:
    """All that isn't dealt with, in its order."""
    found: list[Entry] = []
    after = BEGINNING
    while page := await inbox.read(after, patience=1):
        found += page
        after = page[-1].entry_id
    return found


async def numbers(inbox: Inbox) -> list[int]:
    """The update ids of all that isn't dealt with."""
    return [entry.raw["update_id"] for entry in await waiting(inbox)]
