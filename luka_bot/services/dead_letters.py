"""Updates that luka gave up on: looked at, tried again, or thrown away."""

from dataclasses import dataclass

from luka_bot.models.audit import Event
from luka_bot.models.ids import UserId
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.inbox import Arrival, Inbox
from luka_bot.storage.inbox_records import DeadLetter, InboxRecords


@dataclass(frozen=True, slots=True)
class DeadPage:
    """Newest first, all older than before ("" for the newest of all). more: there are older ones.
    total: how many there are in all."""

    letters: tuple[DeadLetter, ...]
    before: str
    more: bool
    total: int


class DeadLetters:
    def __init__(self, records: InboxRecords, inbox: Inbox, audit: AuditLog) -> None:
        self._records = records
        self._inbox = inbox
        self._audit = audit

    async def page(self, size: int, before: str = "") -> DeadPage:
        found = await self._records.dead(size + 1, before)
        total = (await self._records.state()).dead
        return DeadPage(found[:size], before, len(found) > size, total)

    async def find(self, entry_id: str) -> DeadLetter | None:
        return await self._records.dead_letter(entry_id)

    async def retry(
        self,
        letter: DeadLetter,
        conversation: str,
        whom: UserId | None,
        by: UserId,
        by_name: str,
    ) -> bool:
        """Work on it once more; False if somebody else did it, or it has expired. whom: whose
        update it is."""
        revived = await self._inbox.revive(letter.entry_id, Arrival(letter.raw, conversation))
        if revived:
            await self._audit.note(Event.DEAD_RETRIED, by, by_name, whom)
        return revived

    async def drop(self, letter: DeadLetter, whom: UserId | None, by: UserId, by_name: str) -> bool:
        """whom: as retry."""
        dropped = await self._records.drop(letter.entry_id)
        if dropped:
            await self._audit.note(Event.DEAD_DROPPED, by, by_name, whom)
        return dropped
