"""Letting in, sending away, giving a role: each written down with whoever did it."""

from dataclasses import dataclass

from luka_bot.models.audit import Event
from luka_bot.models.ids import UserId
from luka_bot.models.people_errors import NotPermitted
from luka_bot.models.person import Person, Standing
from luka_bot.services.access import AccessService
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.people import PeopleStore


@dataclass(frozen=True, slots=True)
class _Way:
    """From which standings, to which, and how it is called afterwards."""

    frm: tuple[Standing, ...]
    to: Standing
    event: Event


_WAYS = {
    "approve": _Way(tuple(Standing), Standing.ALLOWED, Event.LET_IN),
    "reject": _Way((Standing.WAITING,), Standing.REJECTED, Event.REJECTED),
    "ban": _Way(tuple(Standing), Standing.BANNED, Event.BANNED),
    "unban": _Way((Standing.BANNED,), Standing.ALLOWED, Event.UNBANNED),
}


@dataclass(frozen=True, slots=True)
class Decided:
    """already: somebody else was first, and nothing was changed."""

    person: Person
    already: bool


class PeopleService:
    def __init__(self, people: PeopleStore, audit: AuditLog, access: AccessService) -> None:
        self._people = people
        self._audit = audit
        self._access = access

    async def decide(
        self, verb: str, user_id: UserId, by: UserId, by_name: str, request: str
    ) -> Decided:
        """verb: approve, reject, ban or unban. request: a second run of it finds what the first
        did. Raises PersonGone, and NotPermitted for a ban of an admin."""
        way = _WAYS[verb]
        if verb == "ban" and await self._access.is_admin(await self._people.get(user_id)):
            raise NotPermitted
        decision = await self._people.decide(
            user_id, way.to, by_name, request, frm=way.frm, unknown=True
        )
        if not decision.already:
            await self._audit.note(way.event, by, by_name, whom=user_id)
        return Decided(decision.person, decision.already)
