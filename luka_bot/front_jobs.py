"""The pages of jobs, wired."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from luka_bot.config import Settings
from luka_bot.household import Household
from luka_bot.job_office import MB, JobOffice, folder_of
from luka_bot.services.sessions import Sessions
from luka_bot.shown_settings import lines
from luka_bot.storage.job_news import JobNews
from luka_bot.web.admin.guard import Guard
from luka_bot.web.admin.press import Press
from luka_bot.web.admin.signing_in import SigningIn
from luka_bot.web.jobs import site
from luka_bot.web.jobs.deciding import DecidingPages
from luka_bot.web.jobs.files import FilePages
from luka_bot.web.jobs.news import NewsPages
from luka_bot.web.jobs.reading import ReadingPages
from luka_bot.web.jobs.settings import Shown, of_jobs
from luka_bot.web.jobs.shelves import Shelves
from luka_bot.web.jobs.submitting import SubmittingPages
from luka_bot.web.jobs.uploads import Uploads
from luka_bot.web.jobs.viewing import Viewing


@dataclass(frozen=True, slots=True)
class FrontJobs:
    """bye: to be called before the server ends (`serving`)."""

    routes: tuple[web.RouteDef, ...]
    bye: Callable[[], Awaitable[None]]


def open_front_jobs(
    settings: Settings, house: Household, office: JobOffice, sessions: Sessions, news: JobNews
) -> FrontJobs:
    """sessions: those of the admin page. news: that is listened to elsewhere."""
    press, service, shown = Press(site.SITE), office.service, _shown(settings)
    shelves = Shelves(office.workspaces, folder_of, settings.jobs.quota_mb * MB)
    viewing = Viewing(service, office.workspaces)
    uploads = Uploads(office.workspaces, shown.upload)
    secure = settings.web_url.startswith("https://")
    pages = site.Pages(
        SigningIn(sessions, press, site.DOORWAY, secure=secure),
        ReadingPages(service, viewing, shelves, shown, press),
        SubmittingPages(service, viewing, shelves, uploads, shown, press),
        DecidingPages(service, shown, press),
        FilePages(shelves, press),
        NewsPages(news, office.store, sessions),
    )
    guard = Guard(sessions, press, settings.home, house.access.zone_of, site.WARD)
    return FrontJobs(tuple(site.routes(guard, press, pages)), pages.news.bye)


def _shown(settings: Settings) -> Shown:
    return Shown(
        settings.processing_mode == "auto",
        settings.max_concurrent_jobs,
        settings.kinds_of_jobs,
        of_jobs(lines(settings)),
        settings.jobs.endings,
        settings.jobs.upload_mb * MB,
    )
