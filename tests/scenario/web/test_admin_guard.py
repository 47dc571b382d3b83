"""A page that somebody forgot to give a right to is nobody's."""

import time

from aiohttp import web

from luka_bot.models.ids import ChatId, UserId
from luka_bot.models.person import Access, Limits
from luka_bot.services.access import AccessService, HouseRules
from luka_bot.services.admin_group import AdminGroup
from luka_bot.services.passwords import Passwords
from luka_bot.services.sessions import Sessions
from luka_bot.storage.accounts import AccountStore
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.client import Storage
from luka_bot.storage.meeting import Pace
from luka_bot.storage.moved_chats import MovedChats
from luka_bot.storage.people import PeopleStore
from luka_bot.storage.sessions import SessionStore, Ticket
from luka_bot.web.admin.caller import Caller
from luka_bot.web.admin.guard import Guard
from luka_bot.web.admin.press import Press
from luka_bot.web.server import serving
from tests.scenario.web.admin_page import CSRF_OF_ALL, QUICK, browser_at

OLGA = UserId(9)


class NoGroups:
    async def is_member(self, _chat_id: ChatId, _user_id: UserId, *, anew: bool = False) -> bool:
        _ = anew
        return False

    async def is_administrator(self, _chat_id: ChatId, _user_id: UserId) -> bool:
        return False


async def test_a_route_without_a_right_is_denied_even_to_admins(storage: Storage) -> None:
    sessions = sessions_in(storage)
    await SessionStore(storage, time.time).open(OLGA, Ticket("a-token", CSRF_OF_ALL))
    guard = Guard(sessions, Press(), "", lambda _: "UTC")

    async def secret(_request: web.Request, _caller: Caller) -> web.Response:
        return web.Response(text="the secret")

    paths = ["/admin/new", "/admin/people"]
    routes = [guard.route("GET", path, secret) for path in paths]
    async with (
        serving("127.0.0.1", 0, routes) as port,
        browser_at(f"http://127.0.0.1:{port}", "a-token") as olga,
    ):
        new, people = [await olga.get(path) for path in paths]

    assert (new.status, "the secret" in new.text) == (403, False)
    assert (people.status, people.text) == (200, "the secret")


def sessions_in(storage: Storage) -> Sessions:
    """Olga is an admin there."""
    people = PeopleStore(storage, Pace(Access.APPROVAL, 0, Limits()), time.time)
    audit, group = AuditLog(storage, time.time), AdminGroup(None, MovedChats(storage))
    rules = HouseRules(Access.APPROVAL, {OLGA}, set(), "UTC")
    access = AccessService(people, audit, group, NoGroups(), rules, time.time)
    passwords = Passwords(AccountStore(storage, time.time), QUICK)
    return Sessions(SessionStore(storage, time.time), passwords, people, access, audit)
