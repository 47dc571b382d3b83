"""All routes of the admin page."""

from dataclasses import dataclass

from aiohttp import web

from luka_bot.web.admin.guard import Guard
from luka_bot.web.admin.looking import Looking
from luka_bot.web.admin.people import PeoplePages
from luka_bot.web.admin.press import Press
from luka_bot.web.admin.queue import QueuePages
from luka_bot.web.admin.signing_in import SigningIn


@dataclass(frozen=True, slots=True)
class Pages:
    signing_in: SigningIn
    people: PeoplePages
    queue: QueuePages
    looking: Looking


def routes(guard: Guard, press: Press, pages: Pages) -> list[web.RouteDef]:
    """The first that fits is asked."""
    signing_in, people, queue, looking = pages.signing_in, pages.people, pages.queue, pages.looking
    one = "/admin/people/{person}"
    table = [
        ("GET", "/admin/static/{name}", press.static),
        ("GET", "/admin/login", signing_in.ask),
        ("POST", "/admin/login", signing_in.sign_in),
        ("GET", "/admin/enter/{link}", signing_in.show_link),
        ("POST", "/admin/enter/{link}", signing_in.enter),
        ("POST", "/admin/logout", signing_in.sign_out),
        ("GET", "/admin", looking.overview),
        ("GET", "/admin/people", people.listed),
        ("GET", one, people.person),
        ("POST", f"{one}/decide", people.decide),
        ("POST", f"{one}/role", people.give_role),
        ("POST", f"{one}/limits", people.limit),
        ("POST", f"{one}/erase", people.erase),
        ("GET", "/admin/models", looking.models),
        ("GET", "/admin/stats", looking.stats),
        ("GET", "/admin/queue", queue.listed),
        ("POST", "/admin/queue/cancel", queue.cancel),
        ("GET", "/admin/audit", looking.audit),
        ("*", "/admin/{tail:.*}", looking.missing),
    ]
    return [guard.route(method, path, answer) for method, path, answer in table]
