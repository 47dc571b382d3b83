"""Who is being answered and who waits, for those who look after luka."""

from collections.abc import Mapping, Sequence

from luka_bot.models.audit import Event
from luka_bot.models.ids import UserId
from luka_bot.models.queue import QueueEntry
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.people import PeopleStore
from luka_bot.storage.queue_view import Cancelling, QueueView


class QueueService:
    """is_kept: there is a line; without one nobody waits, and nobody is known."""

    def __init__(
        self, view: QueueView, people: PeopleStore, audit: AuditLog, *, is_kept: bool
    ) -> None:
        self.is_kept = is_kept
        self._view = view
        self._people = people
        self._audit = audit

    async def look(self) -> tuple[QueueEntry, ...]:
        """Over all replicas: who is being answered, then who waits, first to come first."""
        return await self._view.entries()

    async def names(self, entries: Sequence[QueueEntry]) -> Mapping[UserId, str]:
        people = [await self._people.get(one) for one in {entry.person for entry in entries}]
        return {one.user_id: one.name or one.login or str(one.user_id) for one in people}

    async def cancel(self, place: str, by: UserId, by_name: str) -> bool:
        """Stop that answer as /stop does, within seconds, whichever process writes it.

        False if it has ended by itself."""
        person = next((one.person for one in await self.look() if one.place == place), None)
        outcome = Cancelling.GONE if person is None else await self._view.cancel(place)
        if outcome is Cancelling.NEW:
            await self._audit.note(Event.QUEUE_CANCELLED, by, by_name, whom=person)
        return outcome is not Cancelling.GONE
