"""Browsers of admins and of others, in front of a luka that runs."""

import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
from argon2 import PasswordHasher

from luka_bot.models.ids import UserId
from luka_bot.models.person import Access, Limits, PersonRole, Standing
from luka_bot.services.passwords import Passwords
from luka_bot.storage.accounts import Account, AccountStore
from luka_bot.storage.client import Storage
from luka_bot.storage.connect import open_storage
from luka_bot.storage.meeting import Pace
from luka_bot.storage.people import PeopleStore
from luka_bot.storage.sessions import SessionStore, Ticket
from tests.scenario.people.house import House

CSRF = re.compile(r'name="csrf" value="([^"]+)"')
LINK = re.compile(r"http://[^\s]+/admin/enter/[\w-]{43}")
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
CSRF_OF_ALL = "their-csrf"
LEARNT = "plain-horse-7"  # a password


@dataclass(frozen=True, slots=True)
class Shown:
    status: int
    text: str
    headers: dict[str, str]

    @property
    def csrf(self) -> str:
        found = CSRF.search(self.text)
        return found[1] if found else ""

    @property
    def leads_to(self) -> str:
        return self.headers.get("Location", "")


@dataclass(slots=True)
class Browser:
    """Follows no redirects. csrf: of the last page that it has read."""

    home: str
    session: aiohttp.ClientSession
    csrf: str = ""
    origin: str | None = ""

    async def get(self, path: str, **headers: str) -> Shown:
        shown = await self._asked("GET", path, headers, None)
        self.csrf = shown.csrf or self.csrf
        return shown

    async def post(self, path: str, **form: str) -> Shown:
        """With what a browser sends by itself; `origin` may say otherwise."""
        origin = self.home if self.origin == "" else self.origin
        headers = {} if origin is None else {"Origin": origin}
        return await self._asked("POST", path, headers, {"csrf": self.csrf, **form})

    async def _asked(
        self, method: str, path: str, headers: dict[str, str], form: dict[str, str] | None
    ) -> Shown:
        asking = self.session.request(
            method, self.home + path, headers=headers, data=form, allow_redirects=False
        )
        async with asking as answer:
            return Shown(answer.status, await answer.text(), dict(answer.headers))


@asynccontextmanager
async def browser_at(home: str, token: str = "") -> AsyncIterator[Browser]:
    jar = aiohttp.CookieJar(unsafe=True)  # for it, an address of numbers is unsafe
    cookies = {"luka_session": token} if token else {}
    async with aiohttp.ClientSession(cookie_jar=jar, cookies=cookies) as session:
        yield Browser(home, session, CSRF_OF_ALL)


@dataclass(slots=True)
class AdminPage:
    """storage is that of the luka that runs."""

    house: House
    home: str
    storage: Storage
    people: PeopleStore = field(init=False)

    def __post_init__(self) -> None:
        self.people = PeopleStore(self.storage, Pace(Access.APPROVAL, 0, Limits()), time.time)

    @asynccontextmanager
    async def browser(self, person: int | None = None) -> AsyncIterator[Browser]:
        """Of somebody who is signed in, or of nobody."""
        async with browser_at(self.home, await self.ticket(person) if person else "") as browser:
            yield browser

    async def link(self) -> str:
        """Olga asks for one in the group, and finds it in her private chat."""
        before = len(self.house.said_to(self.house.olga))
        await self.house.command("/admin", "I've sent you the link")
        found = LINK.search(self.house.said_to(self.house.olga)[before])
        assert found is not None
        return found[0]

    async def ticket(self, person: int) -> str:
        """A session of theirs, as the cookie has it."""
        token = f"session-of-{person}"
        store = SessionStore(self.storage, time.time)
        await store.open(UserId(person), Ticket(token, CSRF_OF_ALL))
        return token

    async def stands(self, person: int, standing: Standing) -> None:
        await self.people.decide(UserId(person), standing, "Olga", unknown=True)

    async def account(self, login: str, role: PersonRole = PersonRole.ADMIN) -> UserId:
        store = AccountStore(self.storage, time.time)
        hashed = await Passwords(store, QUICK).hashed(LEARNT, login)
        person = await store.create(Account(login, hashed, role, f"users/{login}"))
        return person.user_id


@asynccontextmanager
async def page_of(house: House) -> AsyncIterator[AdminPage]:
    settings = house.luka.settings
    home = f"http://127.0.0.1:{settings.web_port}"
    async with open_storage(settings.redis_url, settings.data_dir, attach=True) as storage:
        yield AdminPage(house, home, storage)
