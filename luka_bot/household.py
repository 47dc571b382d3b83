"""Who may come in and who runs the place, wired."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass

import structlog
from aiogram import Bot

from luka_bot.belongings import belongings
from luka_bot.composition import Services
from luka_bot.config import Settings
from luka_bot.delivery.courier import Courier
from luka_bot.handlers.admin.desk import Applications, Desk
from luka_bot.handlers.admin.verdicts import Verdicts
from luka_bot.handlers.commands import register_admin_commands
from luka_bot.handlers.gate import Gate
from luka_bot.handlers.languages import Languages
from luka_bot.handlers.porch import Porch
from luka_bot.handlers.recently import Recently
from luka_bot.handlers.reception import Reception
from luka_bot.handlers.screen import Screen
from luka_bot.handlers.telegram_membership import TelegramMembership
from luka_bot.locales import words_for
from luka_bot.models.errors import StorageAway
from luka_bot.models.person import Access
from luka_bot.services.access import AccessService, HouseRules
from luka_bot.services.admin_group import AdminGroup
from luka_bot.services.group_moves import GroupMoves
from luka_bot.services.invite_service import InviteService
from luka_bot.services.people_service import PeopleService
from luka_bot.sharing import SharedThreads
from luka_bot.storage.alarms import AlarmBoard
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
    moves: GroupMoves
    languages: Languages
    gate: Gate
    desk: Desk
    verdicts: Verdicts
    invites: InviteService
    reception: Reception
    courier: Courier
    screen: Screen
    belongings: Mapping[str, object]

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
            **self.belongings,
        }


def keep_house(
    settings: Settings, services: Services, bot: Bot, courier: Courier, shared: SharedThreads
) -> Household:
    storage, group = services.storage, services.admins
    rules = HouseRules(settings.who_gets_in, settings.admins, settings.allowed, settings.time_zone)
    membership = TelegramMembership(bot, time.monotonic)
    audit, store = services.audit, services.people
    access = AccessService(store, audit, group, membership, rules, time.time)
    people = PeopleService(store, audit, access, services.turns, services.forgetting)
    invites = InviteService(InviteStore(storage, time.time), audit)
    if settings.access is None and settings.who_gets_in is Access.OPEN:
        log.warning("access.open", remedy="anybody may talk to this bot; see ACCESS")
    return _furnished(settings, services, courier, _Rules(access, people, invites, shared))


@dataclass(frozen=True, slots=True)
class _Rules:
    access: AccessService
    people: PeopleService
    invites: InviteService
    shared: SharedThreads


def _furnished(
    settings: Settings, services: Services, courier: Courier, rules: _Rules
) -> Household:
    """With what people and admins see of the rules."""
    words, shared = words_for(settings.language), rules.shared
    languages = shared.languages
    group, people, audit = services.admins, services.people, services.audit
    applications = Applications(courier, people, group, words)
    desk = Desk(courier, rules.people)
    recently = Recently(time.monotonic, PORCH_SECONDS)
    porch = Porch(courier, people, audit, applications, recently)
    board = AlarmBoard(services.storage, time.time)
    moves = GroupMoves(MovedChats(services.storage), group, people, board, audit)
    return Household(
        access=rules.access,
        people=rules.people,
        invites=rules.invites,
        group=group,
        moves=moves,
        languages=languages,
        gate=Gate(rules.access, porch, languages),
        desk=desk,
        verdicts=Verdicts(courier, desk, applications, languages),
        reception=Reception(courier, applications, group, words),
        courier=courier,
        screen=Screen(courier, services.threads, services.default_model, shared.sharing),
        belongings=belongings(settings, services, courier, rules.access, shared),
    )


async def watch_group(group: AdminGroup, bot: Bot) -> None:
    """Where the admins' group is by now; another process may have heard that it moved."""
    menu_in = group.chat_id
    while True:
        try:
            await group.look()
        except StorageAway:
            log.debug("admin_group.storage_away")
        if group.chat_id != menu_in and group.chat_id is not None:
            await register_admin_commands(bot, group.chat_id)
            menu_in = group.chat_id
        await asyncio.sleep(LOOK_EVERY)
