"""The admin page and the command that leads there, wired."""

import time
from dataclasses import dataclass

from aiohttp import web

from luka_bot.composition import Services
from luka_bot.config import Settings
from luka_bot.handlers.admin.audit_log import told
from luka_bot.handlers.admin.callbacks import Verb
from luka_bot.handlers.admin.page_link import PageLinks
from luka_bot.household import Household
from luka_bot.office import Papers
from luka_bot.services.audit_service import AuditService
from luka_bot.services.passwords import Passwords, careful_hasher
from luka_bot.services.people_service import Decided
from luka_bot.services.queue_service import QueueService
from luka_bot.services.sessions import Sessions
from luka_bot.services.stats_service import StatsService
from luka_bot.storage.accounts import AccountStore
from luka_bot.storage.queue_view import QueueView
from luka_bot.storage.sessions import SessionStore
from luka_bot.web.admin import site
from luka_bot.web.admin.guard import Guard
from luka_bot.web.admin.looking import Looking, Sights
from luka_bot.web.admin.people import PeoplePages
from luka_bot.web.admin.press import Press
from luka_bot.web.admin.queue import QueuePages
from luka_bot.web.admin.signing_in import SigningIn


@dataclass(frozen=True, slots=True)
class FrontOffice:
    """links: for the bot's command."""

    routes: tuple[web.RouteDef, ...]
    links: PageLinks


def open_front_office(
    settings: Settings, services: Services, house: Household, papers: Papers
) -> FrontOffice:
    storage, people = services.storage, services.people
    passwords = Passwords(AccountStore(storage, time.time), careful_hasher())
    store = SessionStore(storage, time.time)
    sessions = Sessions(store, passwords, people, house.access, services.audit)

    def tell(verb: str, decided: Decided) -> None:
        telling = house.verdicts.on_page(Verb(verb), decided)
        services.background.spawn("tell of a decision", telling)

    press, sights = Press(), _sights(settings, services, house, papers)
    pages = site.Pages(
        SigningIn(sessions, press, secure=settings.web_url.startswith("https://")),
        PeoplePages(house.people, tell, press),
        QueuePages(sights.queue, press, time.time),
        Looking(sights, press),
    )
    routes = site.routes(Guard(sessions, press, settings.home, house.access.zone_of), press, pages)
    home = settings.home if settings.web_port else ""
    return FrontOffice(tuple(routes), PageLinks(sessions, home))


def _sights(settings: Settings, services: Services, house: Household, papers: Papers) -> Sights:
    started = time.monotonic()
    return Sights(
        report=papers.report,
        records=papers.records,
        queue=QueueService(
            QueueView(services.storage),
            services.people,
            services.audit,
            is_kept=settings.max_concurrent_generations > 0,
        ),
        people=house.people,
        stats=StatsService(services.stats, services.people, time.time),
        audit=AuditService(services.audit, services.people, house.access),
        shelf=services.shelf,
        model=services.default_model,
        told=told,
        up=lambda: time.monotonic() - started,
    )
