"""In front of every call: who is it, may they, is it well formed, and what did go wrong?"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog
from aiohttp import hdrs, web
from pydantic import BaseModel, ValidationError

from luka_bot.locales import Words
from luka_bot.models.audit import SYSTEM, Event
from luka_bot.models.clock import Clock
from luka_bot.models.errors import LukaError, StorageAway
from luka_bot.models.ids import ChatId
from luka_bot.models.people_errors import NotPermitted, SignInRefused
from luka_bot.models.person import Visitor
from luka_bot.models.rights import Action
from luka_bot.services.access import AccessService, Attempt
from luka_bot.services.chat_sessions import Guest
from luka_bot.storage.audit import AuditLog
from luka_bot.web.admin.caller import spoken
from luka_bot.web.chat.asked import Asked
from luka_bot.web.chat.authentication import Authentication
from luka_bot.web.chat.counters import CALLS as CALL_SECONDS
from luka_bot.web.chat.counters import ERRORS
from luka_bot.web.chat.failures import AtTheDoor, BadFrame, Code, Failure, failure_of
from luka_bot.web.chat.openapi import takes_body
from luka_bot.web.chat.origins import Origins, address
from luka_bot.web.chat.table import Call, Need

BODY_LIMIT = 128 * 1024  # bytes
BODY_SECONDS = 10.0  # that sending a body may take
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    hdrs.CACHE_CONTROL: "no-store",
}

LEFT = 499  # nobody reads it: who asked has gone; the number that proxies note for that

Answer = Callable[[Asked], Awaitable[BaseModel | web.StreamResponse | None]]

log = structlog.get_logger(__name__)


class Door:
    """now: seconds since the epoch; clock: monotonic."""

    def __init__(
        self,
        authentication: Authentication,
        access: AccessService,
        audit: AuditLog,
        origins: Origins,
        now: Clock,
    ) -> None:
        self._authentication = authentication
        self._access = access
        self._audit = audit
        self._origins = origins
        self._now = now

    def route(self, call: Call, answer: Answer) -> web.RouteDef:
        async def opened(request: web.Request) -> web.StreamResponse:
            if call.status == 101:  # a socket may stay for a day
                return await self._told(request, call, answer)
            with CALL_SECONDS.labels(call.name).time():
                return await self._told(request, call, answer)

        return web.route(call.method, call.path, opened)

    async def _told(self, request: web.Request, call: Call, answer: Answer) -> web.StreamResponse:
        guest: Guest | None = None
        words = spoken(request)
        try:
            if not self._origins.are_ours(request):
                raise AtTheDoor(Code.FORBIDDEN, "chatweb.foreign")
            if call.need is not Need.ANYBODY:
                guest = await self._authentication.authenticate(request)
                words = words_of(request, guest)
                await self._admit(guest, call.need)
            body, query = await _body(request, call), _query(request, call)
            return response_of(call, await answer(Asked(request, words, guest, body, query)))
        except LukaError as error:
            failure = failure_of(error, words, self._now)
            await self._note(request, call, guest, failure, error)
            return refused(failure)
        except ConnectionResetError:
            log.debug("chat.left", call=call.name)
            return web.Response(status=LEFT)
        except Exception:
            log.exception("chat.failed", call=call.name)
            return refused(failure_of(LukaError(), words, self._now))

    async def _admit(self, guest: Guest, need: Need | Action) -> None:
        """Looking is nothing that is counted. Raises Refused."""
        if isinstance(need, Action):
            await self._access.admit(attempt(guest, need, counted=need is Action.ASK))

    async def _note(
        self,
        request: web.Request,
        call: Call,
        guest: Guest | None,
        failure: Failure,
        error: LukaError,
    ) -> None:
        """Who was turned away; what AccessService and ChatSessions refuse they note themselves."""
        if failure.code not in {Code.UNAUTHORIZED, Code.FORBIDDEN}:
            return
        if type(error) is NotPermitted or isinstance(error, SignInRefused):
            return
        event = Event.SIGN_IN_FAILED if failure.code is Code.UNAUTHORIZED else Event.REFUSED
        by, name = (SYSTEM, "") if guest is None else (guest.user_id, guest.name)
        detail = f"{call.name} {address(request)}" if guest is None else call.name
        with suppress(StorageAway):
            await self._audit.note(event, by, name, detail=detail)


def attempt(guest: Guest, action: Action, name: str = "", *, counted: bool = False) -> Attempt:
    """Without a name it is something new each time."""
    person = guest.person
    visitor = Visitor(person.user_id, person.name, person.username, person.language)
    return Attempt(visitor, action, ChatId(person.user_id), name, counted=counted)


def words_of(request: web.Request, guest: Guest) -> Words:
    person = guest.person
    return spoken(request, person.preferences.language, person.language)


def response_of(call: Call, answer: BaseModel | web.StreamResponse | None) -> web.StreamResponse:
    match answer:
        case None:
            return web.Response(status=call.status, headers=HEADERS)
        case BaseModel():
            text = answer.model_dump_json(exclude_none=True)
            return web.Response(
                text=text, status=call.status, content_type=call.kind, headers=HEADERS
            )
    return answer


def refused(failure: Failure) -> web.Response:
    ERRORS.labels(failure.code.value).inc()
    response = web.json_response(
        {"error": failure.json()}, status=failure.code.status, headers=HEADERS
    )
    if failure.retry_after:
        response.headers[hdrs.RETRY_AFTER] = str(failure.retry_after)
    return response


async def _body(request: web.Request, call: Call) -> BaseModel | None:
    if call.body is None:
        return None
    raw = await _read(request)
    if not raw.strip() and not takes_body(call):
        return call.body()
    try:
        return call.body.model_validate_json(raw)
    except ValidationError as error:
        raise BadFrame(problem(error)) from error


async def _read(request: web.Request) -> bytes:
    if (request.content_length or 0) > BODY_LIMIT:
        raise AtTheDoor(Code.TOO_LARGE, "chatweb.too_large")
    try:
        async with asyncio.timeout(BODY_SECONDS):
            raw = await request.read()
    except web.HTTPRequestEntityTooLarge as error:
        raise AtTheDoor(Code.TOO_LARGE, "chatweb.too_large") from error
    except (TimeoutError, ConnectionError, web.RequestPayloadError) as error:
        raise BadFrame("the body did not come") from error
    if len(raw) > BODY_LIMIT:
        raise AtTheDoor(Code.TOO_LARGE, "chatweb.too_large")
    return raw


def _query(request: web.Request, call: Call) -> BaseModel | None:
    if call.query is None:
        return None
    try:
        return call.query.model_validate(dict(request.query))
    except ValidationError as error:
        raise BadFrame(problem(error)) from error


def problem(error: ValidationError) -> str:
    """Where and what, without what was sent."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    where = ".".join(map(str, found[0]["loc"]))
    return f"{where}: {found[0]['msg']}" if where else found[0]["msg"]
