"""In front of every page: who is it, may they, and did one of our own pages send it?"""

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import structlog
from aiohttp import hdrs, web

from luka_bot.locales.failures import refusal
from luka_bot.models.errors import Refused, StorageAway
from luka_bot.models.people_errors import CheckFailed, PersonGone
from luka_bot.models.rights import may
from luka_bot.services.sessions import Sessions
from luka_bot.web.admin.caller import Caller, spoken, token_of
from luka_bot.web.admin.press import Press, elsewhere
from luka_bot.web.admin.rights import NEEDS, Need, Opening

LOGIN = "/admin/login"
FORM_SECONDS = 10.0  # that sending a form may take
SOON = "5"  # s after which a page may be asked for again

Answer = Callable[[web.Request, Caller], Awaitable[web.Response]]

log = structlog.get_logger(__name__)


class Guard:
    """home: scheme, host and port where people reach us. zone_of: whose clock shows which."""

    def __init__(
        self, sessions: Sessions, press: Press, home: str, zone_of: Callable[[Caller], str]
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

    async def _told(
        self, request: web.Request, need: Need | None, answer: Answer
    ) -> web.Response:
        """What goes wrong becomes a page that says what to do."""
        caller = self._anybody(request)
        try:
            caller = await self._caller(request, caller)
            refused = await self._refused(request, caller, need)
            return refused or await answer(request, caller)
        except (StorageAway, CheckFailed):
            response = self._press.sorry(caller, "away", 503)
            response.headers[hdrs.RETRY_AFTER] = SOON
            return response
        except PersonGone:
            return self._press.sorry(caller, "gone", 404)
        except Refused as error:
            return self._press.sorry(caller, "refused", 409, refusal(caller.words, error))

    def _anybody(self, request: web.Request) -> Caller:
        return Caller(spoken(request), "UTC")

    async def _caller(self, request: web.Request, anybody: Caller) -> Caller:
        token = token_of(request)
        visit = await self._sessions.visit(token) if token else None
        if visit is None:
            return anybody
        person = visit.person
        words = spoken(request, person.preferences.language, person.language)
        known = Caller(words, "UTC", visit)
        return Caller(words, self._zone_of(known), visit)

    async def _refused(
        self, request: web.Request, caller: Caller, need: Need | None
    ) -> web.Response | None:
        """None for who may go on."""
        changes = request.method not in {"GET", "HEAD"}
        if need is None:
            return self._press.sorry(caller, "denied", 403)
        if changes and not self._is_ours(request):
            log.warning("admin.foreign_form", route=request.path.rpartition("/")[2][:20])
            return self._press.sorry(caller, "foreign", 403)
        if need is Opening.ANYBODY:
            return await self._unreadable(request, caller) if changes else None
        if caller.visit is None:
            return self._press.sorry(caller, "sign_in", 403) if changes else elsewhere(LOGIN)
        if need is not Opening.SIGNED_IN and not may(caller.visit.rank, need):
            return self._press.sorry(caller, "denied", 403)
        if not changes:
            return None
        if refused := await self._unreadable(request, caller):
            return refused
        given = str((await request.post()).get("csrf", ""))
        if not hmac.compare_digest(given.encode("utf-8", "replace"), caller.visit.csrf.encode()):
            return self._press.sorry(caller, "foreign", 403)
        return None

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

    async def _unreadable(self, request: web.Request, caller: Caller) -> web.Response | None:
        try:
            async with asyncio.timeout(FORM_SECONDS):
                await request.post()
        except (ValueError, LookupError, TimeoutError):
            return self._press.sorry(caller, "form", 400)
        return None
