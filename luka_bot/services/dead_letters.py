"""Updates that luka gave up on: looked at, tried again, or thrown away."""

from luka_bot.models.audit import Event
from luka_bot.models.ids import UserId
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.inbox import Arrival, Inbox
from luka_bot.storage.inbox_records import DeadLetter, InboxRecords


class DeadLetters:
    def __init__(self, records: InboxRecords, inbox: Inbox, audit: AuditLog) -> None:
        self._records = records
        self._inbox = inbox
        self._audit = audit

    async def newest(self, limit: int) -> tuple[tuple[DeadLetter, ...], int]:
        """And how many there are in all."""
        return await self._records.dead(limit), (await self._records.state()).dead

    async def retry(self, entry_id: str, conversation: str, by: UserId, by_name: str) -> bool:
        """Work on it once more; False if somebody else did it, or it has expired."""
        letter = await self._records.dead_letter(entry_id)
        if letter is None:
            return False
        revived = await self._inbox.revive(entry_id, Arrival(letter.raw, conversation))
        if revived:
            await self._audit.note(Event.DEAD_RETRIED, by, by_name)
        return revived

    async def find(self, entry_id: str) -> DeadLetter | None:
        return await self._records.dead_letter(entry_id)

    async def drop(self, entry_id: str, by: UserId, by_name: str) -> bool:
        dropped = await self._records.drop(entry_id)
        if dropped:
            await self._audit.note(Event.DEAD_DROPPED, by, by_name)
        return dropped
