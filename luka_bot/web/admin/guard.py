"""In front of every page: who is it, may they, and did one of our own pages send it?"""

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import urlsplit

import structlog
from aiohttp import hdrs, web

from luka_bot.locales.failures import refusal
from luka_bot.models.errors import Refused, StorageAway
from luka_bot.models.people_errors import CheckFailed, PersonGone
from luka_bot.models.person import Person
from luka_bot.models.rights import may
from luka_bot.services.sessions import Sessions, Visit
from luka_bot.web.admin.caller import Caller, spoken, token_of
from luka_bot.web.admin.press import Press, Sorry, elsewhere
from luka_bot.web.admin.rights import NEEDS, Need, Opening

LOGIN = "/admin/login"
FORM_SECONDS = 10.0  # that sending a form may take
SOON = "5"  # s after which a page may be asked for again

Answer = Callable[[web.Request, Caller], Awaitable[web.Response]]

log = structlog.get_logger(__name__)


class Guard:
    """home: scheme, host and port where people reach us. zone_of: whose clock shows which."""

    def __init__(
        self, sessions: Sessions, press: Press, home: str, zone_of: Callable[[Person], str]
    ) -> None:
        self._sessions = sessions
        self._press = press
        self._home = home
        self._zone_of = zone_of

    def route(self, method: str, path: str, answer: Answer) -> web.RouteDef:
        """Denied to everybody where rights.py has no word of it."""
        need = NEEDS.get((method, path))

        async def guarded(request: web.Request) -> web.Response:
            return await self._told(request, need, answer)

        return web.route(method, path, guarded)

    async def _told(self, request: web.Request, need: Need | None, answer: Answer) -> web.Response:
        """What goes wrong becomes a page that says what to do."""
        caller = Caller(spoken(request), "UTC")
        try:
            if need is not Opening.ANYBODY:  # those open, and look as they should, whatever is away
                caller = await self._caller(request, caller)
            if need is not None and _must_sign_in(request, caller, need):
                return elsewhere(LOGIN)
            await self._check(request, caller, need)
            return await answer(request, caller)
        except Sorry as sorry:
            return self._press.sorry(caller, sorry.key, sorry.status)
        except (StorageAway, CheckFailed):
            response = self._press.sorry(caller, "away", 503)
            response.headers[hdrs.RETRY_AFTER] = SOON
            return response
        except PersonGone:
            return self._press.sorry(caller, "gone", 404)
        except Refused as error:
            return self._press.sorry(caller, "refused", 409, refusal(caller.words, error))

    async def _caller(self, request: web.Request, anybody: Caller) -> Caller:
        token = token_of(request)
        visit = await self._sessions.visit(token) if token else None
        if visit is None:
            return anybody
        person = visit.person
        words = spoken(request, person.preferences.language, person.language)
        return Caller(words, self._zone_of(person), visit)

    async def _check(self, request: web.Request, caller: Caller, need: Need | None) -> None:
        """Raises Sorry for whoever may not go on."""
        if need is None:
            raise Sorry("denied", 403)
        if not _changes(request):
            _check_rights(caller, need)
            return
        if not self._is_ours(request):
            log.warning("admin.foreign_form")
            raise Sorry("foreign", 403)
        _check_rights(caller, need)
        form = await _form(request)
        if need is not Opening.ANYBODY and not _has_csrf(form, caller.known):
            raise Sorry("foreign", 403)

    def _is_ours(self, request: web.Request) -> bool:
        """By what browsers say of where a form stands; who says nothing of it is none of ours."""
        site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get(hdrs.ORIGIN)
        if site not in {None, "same-origin"}:
            return False
        return site is not None if origin is None else self._is_home(request, origin)

    def _is_home(self, request: web.Request, origin: str) -> bool:
        """A proxy may have changed the host's name; then only WEB_URL knows what people see."""
        if origin == self._home:
            return True
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        return parts.scheme in {"http", "https"} and parts.netloc == request.host


def _changes(request: web.Request) -> bool:
    return request.method not in {"GET", "HEAD"}


def _must_sign_in(request: web.Request, caller: Caller, need: Need) -> bool:
    return caller.visit is None and need is not Opening.ANYBODY and not _changes(request)


def _check_rights(caller: Caller, need: Need) -> None:
    if need is Opening.ANYBODY:
        return
    if caller.visit is None:
        raise Sorry("sign_in", 403)
    if need is not Opening.SIGNED_IN and not may(caller.visit.rank, need):
        raise Sorry("denied", 403)


async def _form(request: web.Request) -> Mapping[str, object]:
    """aiohttp keeps it for whoever asks for it after us."""
    try:
        async with asyncio.timeout(FORM_SECONDS):
            return await request.post()
    except (ValueError, LookupError, TimeoutError, web.HTTPRequestEntityTooLarge) as error:
        raise Sorry("form", 400) from error


def _has_csrf(form: Mapping[str, object], visit: Visit) -> bool:
    given = str(form.get("csrf", "")).encode("utf-8", "replace")
    return hmac.compare_digest(given, visit.csrf.encode())
