"""Signing in to the pages of admins and of jobs, by a link from the bot or by a password."""

from dataclasses import dataclass

from luka_bot.models.audit import Event
from luka_bot.models.ids import UserId
from luka_bot.models.people_errors import CheckFailed, SignInRefused
from luka_bot.models.person import Person
from luka_bot.models.rights import ADMINS_ALONE, Action, Rank, may, rank_of
from luka_bot.services.access import AccessService
from luka_bot.services.passwords import Passwords
from luka_bot.services.signing_in import SigningIn, name_of, secret
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.people import PeopleStore
from luka_bot.storage.sessions import SessionStore, Ticket


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody who is signed in, with the rank that they have at this moment."""

    person: Person
    rank: Rank
    csrf: str

    @property
    def name(self) -> str:
        return name_of(self.person)


class Sessions(SigningIn):
    """One session opens both pages, for what its person may do at that moment.

    Methods may raise StorageAway, and CheckFailed where Telegram didn't say who is an admin.
    """

    def __init__(
        self,
        store: SessionStore,
        passwords: Passwords,
        people: PeopleStore,
        access: AccessService,
        audit: AuditLog,
    ) -> None:
        super().__init__(store, passwords, people, access, audit)
        self._store = store

    async def is_link(self, link: str) -> bool:
        return await self._store.is_link(link)

    async def enter(self, link: str, needs: Action) -> str:
        """The token of a new session. needs: what they must be allowed to do. Raises
        SignInRefused."""
        ticket = _ticket()
        found = await self._store.enter(link, ticket)
        if found is None:
            raise SignInRefused
        try:
            await self._admitted(found, needs)
        except SignInRefused:
            await self._store.close(ticket.token)
            raise
        return ticket.token

    async def sign_in(self, login: str, password: str, address: str, needs: Action) -> str:
        """As `enter`. Raises SignInRefused, TooManyAttempts."""
        found = await self._whose(login, password, address)
        await self._admitted(found, needs)
        ticket = _ticket()
        await self._store.open(found, ticket)
        return ticket.token

    async def visit(self, token: str, *, anew: bool) -> Visit | None:
        """Whose token it is, with their rank. anew: as of now, for what only admins may do; else
        Telegram was asked a minute ago at most, and nobody waits for it who needs no admin."""
        signed = await self._store.visit(token)
        if signed is None:
            return None
        person = await self._people.get(signed.person)
        return Visit(person, await self._rank(person, anew=anew), signed.csrf)

    async def sign_out(self, visit: Visit, token: str) -> None:
        await self._store.close(token)
        await self._note(Event.SIGNED_OUT, visit.person.user_id, visit.name)

    async def drop(self, token: str) -> None:
        """What a new session takes the place of."""
        await self._store.close(token)

    async def _admitted(self, user_id: UserId, needs: Action) -> None:
        """Raises SignInRefused for who may not."""
        person = await self._people.get(user_id)
        name = name_of(person)
        rank = await self._rank(person, anew=needs in ADMINS_ALONE)
        if not may(rank, needs):
            await self._note(Event.SIGN_IN_FAILED, user_id, name, rank.value)
            raise SignInRefused
        await self._note(Event.SIGNED_IN, user_id, name)

    async def _rank(self, person: Person, *, anew: bool) -> Rank:
        try:
            is_admin = await self._access.is_admin(person, anew=anew)
        except CheckFailed:
            if anew:
                raise
            is_admin = False
        return rank_of(person, is_admin=is_admin)


def _ticket() -> Ticket:
    return Ticket(secret(), secret())
