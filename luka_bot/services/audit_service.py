"""The audit log as people read it: by pages, with names."""

from collections.abc import Mapping
from dataclasses import dataclass

from luka_bot.models.audit import Entry
from luka_bot.models.ids import UserId
from luka_bot.models.people_errors import PersonGone
from luka_bot.models.person import Person
from luka_bot.services.access import AccessService
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.people import PeopleStore

PAGE = 15  # entries


@dataclass(frozen=True, slots=True)
class AuditPage:
    """names: of everybody to whom something was done. more: there are older ones."""

    entries: tuple[Entry, ...]
    names: Mapping[UserId, str]
    offset: int
    size: int
    more: bool
    whom: UserId | None


class AuditService:
    def __init__(self, audit: AuditLog, people: PeopleStore, access: AccessService) -> None:
        self._audit = audit
        self._people = people
        self._access = access

    async def page(self, offset: int, who: str = "", size: int = PAGE) -> AuditPage:
        """who: a number, @name or account, "" for everybody. Raises PersonGone."""
        whom = await self._people.named(who) if who else None
        if who and whom is None:
            raise PersonGone(who)
        found = await self._audit.last(offset + size + 1, whom=whom)
        entries = found[offset : offset + size]
        people = [await self._people.get(one) for one in {entry.whom for entry in entries} if one]
        names = {one.user_id: one.name or one.login or str(one.user_id) for one in people}
        return AuditPage(entries, names, offset, size, len(found) > offset + size, whom)

    def zone_of(self, person: Person) -> str:
        return self._access.zone_of(person)
