"""Signing in by a link from the bot, or by name and password: what all pages have in common."""

import secrets
from typing import Protocol

from luka_bot.models.audit import SYSTEM, Event
from luka_bot.models.ids import UserId
from luka_bot.models.people_errors import SignInRefused, TooManyAttempts
from luka_bot.models.person import Person
from luka_bot.services.access import AccessService
from luka_bot.services.passwords import Passwords
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.people import PeopleStore

ATTEMPTS = 5  # a minute, of one name and from one address, over all pages
TOKEN_BYTES = 32
NAME_LENGTH = 100  # no name of an account is as long


class LinkStore(Protocol):
    async def make_link(self, person: UserId, link: str) -> None: ...

    async def count_attempt(self, names: tuple[str, ...], most: int) -> float:
        """Seconds until there is room for another; 0 if this one was counted."""
        ...


class SigningIn:
    """where: which page it is, for the audit. Methods may raise StorageAway."""

    where = ""

    def __init__(
        self,
        links: LinkStore,
        passwords: Passwords,
        people: PeopleStore,
        access: AccessService,
        audit: AuditLog,
    ) -> None:
        self._links = links
        self._passwords = passwords
        self._people = people
        self._access = access
        self._audit = audit

    async def make_link(self, person: UserId, name: str) -> str:
        """What stands at the end of the link's address; it works once, within ten minutes."""
        link = secret()
        await self._note(Event.LINK_MADE, person, name)
        await self._links.make_link(person, link)
        return link

    async def _whose(self, login: str, password: str, address: str) -> UserId:
        """Raises SignInRefused, TooManyAttempts."""
        name = login.strip().casefold()[:NAME_LENGTH]
        wait = await self._links.count_attempt((f"name {name}", f"from {address}"), ATTEMPTS)
        if wait:
            raise TooManyAttempts(wait)
        found = await self._passwords.whose(name, password)
        if found is None:
            await self._note(Event.SIGN_IN_FAILED, SYSTEM, "", address)
            raise SignInRefused
        return found

    async def _note(self, event: Event, person: UserId, name: str, detail: str = "") -> None:
        await self._audit.note(event, person, name, detail=f"{self.where} {detail}".strip())


def secret() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def name_of(person: Person) -> str:
    return person.name or person.login or str(person.user_id)
