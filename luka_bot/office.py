"""What admins' commands work with, wired."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from luka_bot.composition import Services
from luka_bot.config import Settings
from luka_bot.handlers.admin.dead import DeadDesk
from luka_bot.handlers.admin.health import Vigil
from luka_bot.handlers.admin.stats import StatsDesk
from luka_bot.household import Household
from luka_bot.long_work import begin_long_work
from luka_bot.services.audit_service import AuditService
from luka_bot.services.dead_letters import DeadLetters
from luka_bot.services.queue_service import QueueService
from luka_bot.services.stats_service import StatsService
from luka_bot.storage.inbox import Inbox
from luka_bot.storage.inbox_records import InboxRecords
from luka_bot.storage.queue_view import QueueView
from luka_bot.watch.watchdog import Report


@dataclass(frozen=True, slots=True)
class Papers:
    inbox: Inbox
    records: InboxRecords
    report: Callable[[], Report]


def open_office(
    settings: Settings, services: Services, house: Household, papers: Papers
) -> dict[str, object]:
    """By the names under which handlers ask for them."""
    dead = DeadLetters(papers.records, papers.inbox, services.audit)
    return {
        "settings": settings,
        "audit_service": AuditService(services.audit, services.people, house.access),
        "vigil": Vigil(papers.report, papers.records, time.monotonic()),
        "queue": QueueService(
            QueueView(services.storage),
            services.people,
            services.audit,
            is_kept=settings.max_concurrent_generations > 0,
        ),
        "stats_desk": StatsDesk(
            StatsService(services.stats, services.people, time.time), house.courier
        ),
        **begin_long_work(services, house.courier),
        "dead_desk": DeadDesk(dead, house.access, house.courier, house.screen),
    }
