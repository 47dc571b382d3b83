"""Letting in, sending away, giving a role or a limit: each written down with whoever did it."""

from dataclasses import dataclass
from typing import Protocol

from luka_bot.models.audit import Event
from luka_bot.models.ids import UserId
from luka_bot.models.people_errors import AdminStays, NotPermitted, OwnRole, PersonGone
from luka_bot.models.person import Limits, Person, PersonRole, Standing, Usage
from luka_bot.services.access import AccessService
from luka_bot.services.days import holding
from luka_bot.services.turn_service import TurnService
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.people import PeoplePage, PeopleStore


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


class Eraser(Protocol):
    async def forget(self, user_id: UserId) -> object:
        """All that is kept of them, as if they had never been here. Raises StorageAway."""


@dataclass(frozen=True, slots=True)
class Decided:
    """already: somebody else was first, and nothing was changed."""

    person: Person
    already: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """usage: today's. limits: what holds for them. is_appointed: an admin without the role."""

    person: Person
    usage: Usage
    limits: Limits
    is_appointed: bool


class PeopleService:
    def __init__(
        self,
        people: PeopleStore,
        audit: AuditLog,
        access: AccessService,
        turns: TurnService,
        eraser: Eraser,
    ) -> None:
        self._people = people
        self._audit = audit
        self._access = access
        self._turns = turns
        self._eraser = eraser

    @property
    def usual_limits(self) -> Limits:
        return self._people.usual_limits

    async def page(
        self, query: str, standing: Standing | None, offset: int, limit: int
    ) -> PeoplePage:
        return await self._people.page(query, standing, offset, limit)

    async def with_own_limits(self, limit: int) -> PeoplePage:
        return await self._people.page(limit=limit, limited=True)

    async def named(self, reference: str) -> UserId:
        """As PeopleStore.named. Raises PersonGone."""
        found = await self._people.named(reference)
        if found is None:
            raise PersonGone(reference)
        return found

    async def profile(self, user_id: UserId) -> Profile:
        """Raises PersonGone, and CheckFailed where Telegram didn't say who is in the group."""
        person = await self._known(user_id)
        limits = holding(person.limits, self.usual_limits)
        appointed = await self._access.is_appointed(user_id)
        return Profile(person, await self._people.usage(user_id), limits, appointed)

    async def decide(
        self, verb: str, user_id: UserId, by: UserId, by_name: str, request: str
    ) -> Decided:
        """verb: approve, reject, ban or unban. request: a second run of it finds what the first
        did. Raises PersonGone, and AdminStays for a ban of an admin."""
        way = _WAYS[verb]
        if verb == "ban" and await self._access.is_admin(await self._people.get(user_id)):
            raise AdminStays
        decision = await self._people.decide(
            user_id, way.to, by_name, request, frm=way.frm, unknown=True
        )
        if not decision.already:
            await self._audit.note(way.event, by, by_name, whom=user_id)
        if way.to is Standing.BANNED:
            self._turns.stop_all(user_id)
        return Decided(decision.person, decision.already)

    async def give_role(
        self, role: PersonRole, user_id: UserId, by: UserId, by_name: str
    ) -> Person:
        """Raises PersonGone; OwnRole; NotPermitted for an admin who isn't let in."""
        person = await self._known(user_id)
        if person.role is role:
            return person
        if user_id == by and role is PersonRole.USER:
            raise OwnRole
        if role is PersonRole.ADMIN and person.standing is not Standing.ALLOWED:
            raise NotPermitted
        # before it is done: what a crash in between leaves undone is done, and noted, once more
        await self._audit.note(Event.ROLE_CHANGED, by, by_name, whom=user_id, detail=role.value)
        return await self._people.update(user_id, role=role.value)

    async def limit(
        self, kind: str, most: int | None, user_id: UserId, by: UserId, by_name: str
    ) -> Person:
        """kind: messages, tokens or seconds. most: a day's, 0 for as many as they like, None for
        the operator's. Raises PersonGone."""
        person = await self._known(user_id)
        if getattr(person.limits, kind) == most:
            return person
        value = "" if most is None else str(most)
        detail = f"{kind} {'default' if most is None else most or 'none'}"
        await self._audit.note(Event.LIMITS_CHANGED, by, by_name, whom=user_id, detail=detail)
        return await self._people.update(user_id, **{f"limit_{kind}": value})

    async def erase(self, user_id: UserId, by: UserId, by_name: str) -> Person:
        """Whoever it was. Raises PersonGone."""
        person = await self._known(user_id)
        await self._turns.stop_person(user_id)
        await self._audit.note(Event.PERSON_ERASED, by, by_name, whom=user_id)
        await self._eraser.forget(user_id)
        return person

    async def _known(self, user_id: UserId) -> Person:
        person = await self._people.get(user_id)
        if not person.since:
            raise PersonGone(str(user_id))
        return person
