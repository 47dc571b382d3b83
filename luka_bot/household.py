"""Who may come in and who runs the place, wired."""

import asyncio
import time
from dataclasses import dataclass

import structlog
from aiogram import Bot

from luka_bot.composition import Services
from luka_bot.config import Settings
from luka_bot.delivery.courier import Courier
from luka_bot.handlers.admin.desk import Applications, Desk
from luka_bot.handlers.admin.verdicts import Verdicts
from luka_bot.handlers.gate import Gate
from luka_bot.handlers.languages import Languages
from luka_bot.handlers.porch import Porch
from luka_bot.handlers.recently import Recently
from luka_bot.handlers.reception import Reception
from luka_bot.handlers.screen import Screen
from luka_bot.handlers.telegram_membership import TelegramMembership
from luka_bot.locales import words_for
from luka_bot.models.errors import StorageAway
from luka_bot.models.ids import ChatId
from luka_bot.models.person import Access
from luka_bot.services.access import AccessService, HouseRules
from luka_bot.services.admin_group import AdminGroup
from luka_bot.services.invite_service import InviteService
from luka_bot.services.people_service import PeopleService
from luka_bot.storage.forgetting import Forgetting
from luka_bot.storage.invites import InviteStore
from luka_bot.storage.moved_chats import MovedChats

PORCH_SECONDS = 60.0  # for which somebody isn't told the same again
LOOK_EVERY = 30.0  # s between two looks for where the admins' group is

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Household:
    """What handlers and pages need to know of people."""

    access: AccessService
    people: PeopleService
    group: AdminGroup
    moved: MovedChats
    languages: Languages
    gate: Gate
    courier: Courier
    screen: Screen
    desk: Desk
    verdicts: Verdicts
    invites: InviteService
    reception: Reception

    @property
    def injected(self) -> dict[str, object]:
        """What handlers get by these names."""
        return {
            "people": self.people,
            "access": self.access,
            "admin_group": self.group,
            "desk": self.desk,
            "verdicts": self.verdicts,
            "invites": self.invites,
            "reception": self.reception,
        }


def keep_house(settings: Settings, services: Services, bot: Bot, courier: Courier) -> Household:
    moved, storage = MovedChats(services.storage), services.storage
    configured = settings.admin_chat_id
    group = AdminGroup(None if configured is None else ChatId(configured), moved)
    rules = HouseRules(settings.who_gets_in, settings.admins, settings.allowed, settings.time_zone)
    membership = TelegramMembership(bot, time.monotonic)
    audit, store = services.audit, services.people
    access = AccessService(store, audit, group, membership, rules, time.time)
    people = PeopleService(store, audit, access, services.turns, Forgetting(storage))
    invites = InviteService(InviteStore(storage, time.time), audit)
    if settings.access is None and settings.who_gets_in is Access.OPEN:
        log.warning("access.open", remedy="anybody may talk to this bot; see ACCESS")
    return _furnished(settings, services, courier, _Rules(access, people, invites, group, moved))


@dataclass(frozen=True, slots=True)
class _Rules:
    access: AccessService
    people: PeopleService
    invites: InviteService
    group: AdminGroup
    moved: MovedChats


def _furnished(
    settings: Settings, services: Services, courier: Courier, rules: _Rules
) -> Household:
    """With what people and admins see of the rules."""
    words, languages = words_for(settings.language), Languages()
    applications = Applications(courier, services.people, rules.group, words)
    desk = Desk(courier, rules.people)
    recently = Recently(time.monotonic, PORCH_SECONDS)
    porch = Porch(courier, services.people, services.audit, applications, recently)
    return Household(
        access=rules.access,
        people=rules.people,
        invites=rules.invites,
        group=rules.group,
        moved=rules.moved,
        languages=languages,
        gate=Gate(rules.access, porch, languages),
        courier=courier,
        screen=Screen(courier, services.threads, settings.model),
        desk=desk,
        verdicts=Verdicts(courier, desk, applications, languages),
        reception=Reception(courier, applications, rules.group, words),
    )


async def watch_group(group: AdminGroup) -> None:
    """Where the admins' group is by now; another process may have heard that it moved."""
    while True:
        try:
            await group.look()
        except StorageAway:
            log.debug("admin_group.storage_away")
        await asyncio.sleep(LOOK_EVERY)
