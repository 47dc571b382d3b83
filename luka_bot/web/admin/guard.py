"""In front of every page: who is it, may they, and did one of our own pages send it?"""

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import structlog
from aiohttp import hdrs, web

from luka_bot.locales import Words
from luka_bot.locales.failures import refusal
from luka_bot.models.errors import Refused, StorageAway
from luka_bot.models.people_errors import CheckFailed, PersonGone
from luka_bot.models.person import Person
from luka_bot.models.rights import ADMINS_ALONE, may
from luka_bot.services.sessions import Sessions, Visit
from luka_bot.web.admin.caller import PART, Caller, spoken, token_of
from luka_bot.web.admin.press import Press, Sorry, elsewhere
from luka_bot.web.admin.rights import NEEDS, Need, Opening, Route

LOGIN = "/admin/login"
FORM_SECONDS = 10.0  # that sending a form may take
SOON = "5"  # s after which a page may be asked for again

Answer = Callable[[web.Request, Caller], Awaitable[web.StreamResponse]]
Told = tuple[str, int, str]
"""Of a page that says sorry: the key of its sentences, the status, and a text of its own or ""."""

log = structlog.get_logger(__name__)


def _refused(words: Words, error: Refused) -> Told:
    return (
        ("gone", 404, "")
        if isinstance(error, PersonGone)
        else ("refused", 409, refusal(words, error))
    )


@dataclass(frozen=True, slots=True)
class Ward:
    """Pages that belong together. login: where whoever isn't signed in can do so. refused: how
    they are told what can't be done."""

    needs: Mapping[Route, Need]
    login: str
    refused: Callable[[Words, Refused], Told]


ADMIN = Ward(NEEDS, LOGIN, _refused)


class Guard:
    """home: scheme, host and port where people reach us. zone_of: whose clock shows which."""

    def __init__(
        self,
        sessions: Sessions,
        press: Press,
        home: str,
        zone_of: Callable[[Person], str],
        ward: Ward = ADMIN,
    ) -> None:
        self._sessions = sessions
        self._press = press
        self._home = home
        self._zone_of = zone_of
        self._ward = ward

    def route(
        self, method: str, path: str, answer: Answer, *, streams: bool = False
    ) -> web.RouteDef:
        """Denied to everybody where rights.py has no word of it. streams: the answer reads the form
        by itself, and asks `has_csrf` before it does anything with it."""
        need = self._ward.needs.get((method, path))

        async def guarded(request: web.Request) -> web.StreamResponse:
            return await self._told(request, need, answer, streams=streams)

        return web.route(method, path, guarded)

    async def _told(
        self, request: web.Request, need: Need | None, answer: Answer, *, streams: bool
    ) -> web.StreamResponse:
        """What goes wrong becomes a page that says what to do."""
        caller = Caller(spoken(request), "UTC")
        try:
            if need is not Opening.ANYBODY:  # those open, and look as they should, whatever is away
                caller = await self._caller(request, caller, anew=need in ADMINS_ALONE)
            if need is not None and _must_sign_in(request, caller, need):
                return elsewhere(self._ward.login)
            await self._check(request, caller, need, streams=streams)
            return await answer(request, caller)
        except Sorry as sorry:
            return self._press.sorry(caller, sorry.key, sorry.status)
        except (StorageAway, CheckFailed):
            response = self._press.sorry(caller, "away", 503)
            response.headers[hdrs.RETRY_AFTER] = SOON
            return response
        except Refused as error:
            return self._press.sorry(caller, *self._ward.refused(caller.words, error))

    async def _caller(self, request: web.Request, anybody: Caller, *, anew: bool) -> Caller:
        token = token_of(request)
        visit = await self._sessions.visit(token, anew=anew) if token else None
        if visit is None:
            return anybody
        person = visit.person
        words = spoken(request, person.preferences.language, person.language)
        return Caller(words, self._zone_of(person), visit, PART in request.headers)

    async def _check(
        self, request: web.Request, caller: Caller, need: Need | None, *, streams: bool
    ) -> None:
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
        if streams:
            return
        form = await _form(request)
        if need is not Opening.ANYBODY and not has_csrf(form, caller.known):
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
        raise Sorry("denied" if need in ADMINS_ALONE else "not_in", 403)


async def _form(request: web.Request) -> Mapping[str, object]:
    """aiohttp keeps it for whoever asks for it after us."""
    try:
        async with asyncio.timeout(FORM_SECONDS):
            return await request.post()
    except (ValueError, LookupError, TimeoutError, web.HTTPRequestEntityTooLarge) as error:
        raise Sorry("form", 400) from error


def has_csrf(form: Mapping[str, object], visit: Visit) -> bool:
    given = str(form.get("csrf", "")).encode("utf-8", "replace")
    return hmac.compare_digest(given, visit.csrf.encode())
