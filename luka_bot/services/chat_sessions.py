"""Signing in to conversations: from Telegram, by a link from the bot, or by name and password."""

from dataclasses import dataclass

from luka_bot.models.audit import SYSTEM, Event
from luka_bot.models.ids import ChatId, UserId
from luka_bot.models.people_errors import NotLetIn, SignInRefused
from luka_bot.models.person import Person, Standing, Visitor
from luka_bot.models.rights import Action, Rank, rank_of
from luka_bot.services.access import AccessService, Attempt
from luka_bot.services.passwords import Passwords
from luka_bot.services.signing_in import SigningIn, name_of, secret
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.chat_sessions import ChatSession, ChatSessionStore
from luka_bot.storage.people import PeopleStore


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is signed in, and let in at this moment. expires_at: seconds since the epoch."""

    person: Person
    token: str
    expires_at: float

    @property
    def user_id(self) -> UserId:
        return self.person.user_id

    @property
    def name(self) -> str:
        return name_of(self.person)


class ChatSessions(SigningIn):
    """For whoever is let in, admin or not. Methods raise NotLetIn for who isn't, and StorageAway;
    CheckFailed where Telegram didn't say whether somebody is an admin."""

    where = "chat"

    def __init__(
        self,
        store: ChatSessionStore,
        passwords: Passwords,
        people: PeopleStore,
        access: AccessService,
        audit: AuditLog,
    ) -> None:
        super().__init__(store, passwords, people, access, audit)
        self._store = store

    async def enter(self, link: str) -> Guest:
        """By a link. Raises SignInRefused."""
        token = secret()
        session = await self._store.enter(link, token)
        if session is None:
            await self._note(Event.SIGN_IN_FAILED, SYSTEM, "", "link")
            raise SignInRefused
        try:
            return await self._admitted(session, token)
        except NotLetIn:
            await self._store.close(token)
            raise

    async def sign_in(self, login: str, password: str, address: str) -> Guest:
        """Raises SignInRefused, TooManyAttempts."""
        found = await self._whose(login, password, address)
        await self.person(found)
        token = secret()
        return await self._admitted(await self._store.open(found, token), token)

    async def welcome(self, visitor: Visitor) -> Guest:
        """Somebody whom Telegram itself has named to us. Raises Refused as AccessService.admit."""
        await self.meet(visitor)
        token = secret()
        return await self._admitted(await self._store.open(visitor.user_id, token), token)

    async def meet(self, visitor: Visitor) -> Person:
        """They are here, and known from now on where everybody may talk. Raises Refused."""
        attempt = Attempt(visitor, Action.SEE_THREADS, ChatId(visitor.user_id))
        return await self._access.admit(attempt)

    async def find(self, token: str) -> Guest | None:
        """Whose token it is."""
        session = await self._store.find(token)
        if session is None:
            return None
        return Guest(await self.person(session.person), token, session.expires_at)

    async def person(self, user_id: UserId) -> Person:
        """As they are known now. Telegram is asked only of whoever isn't let in by themselves."""
        person = await self._people.get(user_id)
        if person.standing is Standing.ALLOWED or await self._is_admin(person):
            return person
        raise NotLetIn(person.standing, self._access.access)

    async def sign_out(self, guest: Guest) -> None:
        await self._store.close(guest.token)
        await self._note(Event.SIGNED_OUT, guest.user_id, guest.name)

    async def _is_admin(self, person: Person) -> bool:
        is_admin = await self._access.is_admin(person)
        return rank_of(person, is_admin=is_admin) is Rank.ADMIN

    async def _admitted(self, session: ChatSession, token: str) -> Guest:
        guest = Guest(await self.person(session.person), token, session.expires_at)
        await self._note(Event.SIGNED_IN, guest.user_id, guest.name)
        return guest
