"""Signing in to the admin page, by a link from the bot or by name and password."""

from dataclasses import dataclass

from luka_bot.models.audit import Event
from luka_bot.models.ids import UserId
from luka_bot.models.people_errors import SignInRefused
from luka_bot.models.person import Person
from luka_bot.models.rights import Rank, rank_of
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
    """Methods may raise StorageAway, and CheckFailed where Telegram didn't say who is an admin."""

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

    async def enter(self, link: str) -> str:
        """The token of a new session. Raises SignInRefused."""
        ticket = _ticket()
        found = await self._store.enter(link, ticket)
        if found is None:
            raise SignInRefused
        try:
            await self._admitted(found)
        except SignInRefused:
            await self._store.close(ticket.token)
            raise
        return ticket.token

    async def sign_in(self, login: str, password: str, address: str) -> str:
        """The token of a new session. Raises SignInRefused, TooManyAttempts."""
        found = await self._whose(login, password, address)
        await self._admitted(found)
        ticket = _ticket()
        await self._store.open(found, ticket)
        return ticket.token

    async def visit(self, token: str) -> Visit | None:
        """Whose token it is; they are asked for their rank anew each time."""
        signed = await self._store.visit(token)
        if signed is None:
            return None
        person = await self._people.get(signed.person)
        return Visit(person, await self._rank(person), signed.csrf)

    async def sign_out(self, visit: Visit, token: str) -> None:
        await self._store.close(token)
        await self._note(Event.SIGNED_OUT, visit.person.user_id, visit.name)

    async def drop(self, token: str) -> None:
        """What a new session takes the place of."""
        await self._store.close(token)

    async def _admitted(self, user_id: UserId) -> None:
        """Raises SignInRefused for who is no admin."""
        person = await self._people.get(user_id)
        name = name_of(person)
        if await self._rank(person) is not Rank.ADMIN:
            await self._note(Event.SIGN_IN_FAILED, user_id, name, "no admin")
            raise SignInRefused
        await self._note(Event.SIGNED_IN, user_id, name)

    async def _rank(self, person: Person) -> Rank:
        return rank_of(person, is_admin=await self._access.is_admin(person, anew=True))


def _ticket() -> Ticket:
    return Ticket(secret(), secret())
