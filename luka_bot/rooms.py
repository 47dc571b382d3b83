"""Where people come to besides writing to the bot: pages, conversations, jobs; wired."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiogram import Dispatcher
from aiohttp import web

from luka_bot.chat_bridge import Talks
from luka_bot.chat_handlers import bring_talks
from luka_bot.composition import Services
from luka_bot.config import Settings
from luka_bot.front_jobs import open_front_jobs
from luka_bot.front_office import open_front_office
from luka_bot.household import Household
from luka_bot.job_office import JobOffice, open_job_office
from luka_bot.job_telegram import bring_jobs
from luka_bot.office import Papers, open_office


@dataclass(frozen=True, slots=True)
class Ground:
    """What all rooms stand on."""

    settings: Settings
    services: Services
    house: Household
    talks: Talks
    dispatcher: Dispatcher


@dataclass(frozen=True, slots=True)
class Rooms:
    """leaving: to be called before the server ends."""

    routes: tuple[web.RouteDef, ...]
    leaving: tuple[Callable[[], Awaitable[None]], ...]
    jobs: JobOffice


def open_rooms(ground: Ground, papers: Papers) -> Rooms:
    """The dispatcher's handlers get what they need for them."""
    settings, services, house = ground.settings, ground.services, ground.house
    dispatcher = ground.dispatcher
    page = open_front_office(settings, services, house, papers)
    office = open_office(settings, services, house, papers)
    dispatcher.workflow_data.update(office, page_links=page.links)
    jobs = open_job_office(settings, services)
    news = bring_jobs(settings, services, house, jobs, ground.talks.bot, dispatcher)
    desk = open_front_jobs(settings, house, jobs, page.links.sessions, news)
    front = bring_talks(settings, services, house, ground.talks, dispatcher)
    routes = (*page.routes, *front.routes, *desk.routes)
    return Rooms(routes, (front.bye, desk.bye), jobs)
