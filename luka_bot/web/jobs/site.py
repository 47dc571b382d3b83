"""All routes of the pages of jobs."""

from dataclasses import dataclass

from aiohttp import web

from luka_bot.models.rights import Action
from luka_bot.web.admin import press as admin
from luka_bot.web.admin.caller import Caller
from luka_bot.web.admin.guard import Guard, Ward
from luka_bot.web.admin.press import Press, Site, elsewhere
from luka_bot.web.admin.signing_in import Doorway, SigningIn
from luka_bot.web.jobs.deciding import DecidingPages
from luka_bot.web.jobs.files import FilePages
from luka_bot.web.jobs.news import NewsPages
from luka_bot.web.jobs.reading import ReadingPages
from luka_bot.web.jobs.refusals import not_in, told
from luka_bot.web.jobs.rights import NEEDS
from luka_bot.web.jobs.submitting import SubmittingPages

START, LOGIN = "/jobs/overview", "/jobs/login"
JAVASCRIPT = "text/javascript"
_POLICY = "Content-Security-Policy"

SITE = Site(
    "/jobs",
    START,
    ("luka_bot.web.jobs", "luka_bot.web.admin"),
    {
        **admin.ADMIN.kinds,
        "jobs.css": "text/css",
        "live.js": JAVASCRIPT,
        "upload.js": JAVASCRIPT,
    },
    {**admin.HEADERS, _POLICY: f"{admin.HEADERS[_POLICY]}; connect-src 'self'"},
)
WARD = Ward(NEEDS, LOGIN, told)
DOORWAY = Doorway(START, LOGIN, Action.SEE_JOBS, not_in, "jobs_link")


@dataclass(frozen=True, slots=True)
class Pages:
    signing_in: SigningIn
    reading: ReadingPages
    submitting: SubmittingPages
    deciding: DecidingPages
    files: FilePages
    news: NewsPages


def routes(guard: Guard, press: Press, pages: Pages) -> list[web.RouteDef]:
    """The first that fits is asked."""
    signing_in, reading, deciding = pages.signing_in, pages.reading, pages.deciding
    one = "/jobs/{job}"
    table = [
        ("GET", "/", _home),
        ("GET", "/jobs/static/{name}", press.static),
        ("GET", LOGIN, signing_in.ask),
        ("POST", LOGIN, signing_in.sign_in),
        ("GET", "/jobs/enter/{link}", signing_in.show_link),
        ("POST", "/jobs/enter/{link}", signing_in.enter),
        ("POST", "/jobs/logout", signing_in.sign_out),
        ("GET", START, reading.overview),
        ("GET", "/jobs/news", pages.news.stream),
        ("GET", "/jobs", reading.own),
        ("GET", "/jobs/all", reading.everybodys),
        ("GET", "/jobs/new", pages.submitting.show),
        ("GET", "/jobs/pending", reading.pending),
        ("GET", "/jobs/config", reading.config),
        ("GET", "/jobs/files", pages.files.listed),
        ("POST", "/jobs/files/delete", pages.files.delete),
        ("GET", "/jobs/files/{path:.+}", pages.files.download),
        ("GET", one, reading.job),
        ("GET", f"{one}/output", reading.output),
        ("GET", f"{one}/edit", deciding.show),
        ("POST", f"{one}/edit", deciding.edit),
        ("POST", f"{one}/cancel", deciding.cancel),
        ("POST", f"{one}/delete", deciding.delete),
        ("POST", f"{one}/approve", deciding.approve),
        ("POST", f"{one}/reject", deciding.reject),
    ]
    return [
        guard.route("POST", "/jobs/new", pages.submitting.submit, streams=True),
        *(guard.route(method, path, answer) for method, path, answer in table),
        guard.route("*", "/jobs/{tail:.*}", reading.missing),
    ]


async def _home(_request: web.Request, _caller: Caller) -> web.Response:
    return elsewhere(START)
