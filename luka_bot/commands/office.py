"""The store and the services that commands about people need, opened for one command."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from luka_bot.commands.settings import read_settings
from luka_bot.commands.showing import fail, harmless
from luka_bot.composition import Services, open_services
from luka_bot.config import Settings
from luka_bot.job_office import JobOffice, open_job_office
from luka_bot.locales import words_for
from luka_bot.locales.failures import refusal
from luka_bot.models.errors import LukaError, Refused
from luka_bot.models.ids import ChatId, UserId
from luka_bot.models.people_errors import NotPermitted, PersonGone
from luka_bot.services.access import AccessService, HouseRules
from luka_bot.services.accounts import AccountService
from luka_bot.services.admin_group import AdminGroup
from luka_bot.services.invite_service import InviteService
from luka_bot.services.passwords import Passwords, careful_hasher
from luka_bot.services.people_service import PeopleService
from luka_bot.storage.accounts import AccountStore
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.forgetting import Forgetting
from luka_bot.storage.invites import InviteStore
from luka_bot.storage.moved_chats import MovedChats
from luka_bot.storage.people import PeopleStore
from luka_bot.storage.stats import StatsStore

BY_NAME = "command line"  # as who the audit log knows whoever types


@dataclass(frozen=True, slots=True)
class Office:
    settings: Settings
    people: PeopleStore
    deciding: PeopleService
    accounts: AccountService
    audit: AuditLog
    invites: InviteService
    stats: StatsStore
    jobs: JobOffice

    async def named(self, reference: str) -> UserId:
        """Raises PersonGone."""
        found = await self.people.named(reference)
        if found is None:
            raise PersonGone(reference)
        return found


def at_office(work: Callable[[Office], Awaitable[int]]) -> int:
    """Its exit code; 1 for what is refused or doesn't go, said in a sentence."""
    settings = read_settings()

    async def done() -> int:
        async with _open_office(settings) as office:
            return await work(office)

    try:
        return asyncio.run(done())
    except PersonGone as error:
        name = harmless(error.name)
        return fail(f"I know nobody called “{name}”; `luka-bot users list` shows who there is.")
    except NotPermitted:  # by a ban, or by ADMIN_IDS
        return fail("They look after luka: make them a user first, or take them out of ADMIN_IDS.")
    except Refused as error:
        return fail(refusal(words_for("en"), error))
    except LukaError as error:
        return fail(str(error))


@asynccontextmanager
async def _open_office(settings: Settings) -> AsyncIterator[Office]:
    async with open_services(settings, attach=True) as services:
        people, audit = services.people, services.audit
        store = AccountStore(services.storage, time.time)
        passwords = Passwords(store, careful_hasher())
        eraser = services.forgetting
        accounts = AccountService(store, passwords, people, audit, eraser, settings.admins)
        deciding = _deciding(settings, services, eraser)
        invites = InviteService(InviteStore(services.storage, time.time), audit)
        jobs, stats = open_job_office(settings, services), services.stats
        yield Office(settings, people, deciding, accounts, audit, invites, stats, jobs)


def _deciding(settings: Settings, services: Services, eraser: Forgetting) -> PeopleService:
    rules = HouseRules(settings.who_gets_in, settings.admins, settings.allowed, settings.time_zone)
    group = AdminGroup(None, MovedChats(services.storage))
    access = AccessService(services.people, services.audit, group, _NotAsked(), rules, time.time)
    return PeopleService(services.people, services.audit, access, services.turns, eraser)


class _NotAsked:
    """Telegram isn't asked here: who is in the admins' group is let in again when they write."""

    async def is_member(self, chat_id: ChatId, user_id: UserId, *, anew: bool = False) -> bool:
        _ = chat_id, user_id, anew
        return False

    async def is_administrator(self, chat_id: ChatId, user_id: UserId) -> bool:
        _ = chat_id, user_id
        return False
