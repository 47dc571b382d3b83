"""The Bot API's door: HTTP in, a method's answer out, and trouble where a test ordered it."""

import asyncio
import json
import time
from collections.abc import Awaitable
from dataclasses import dataclass

import structlog
from aiohttp import web

import luka_bot.demo.telegram.methods  # noqa: F401 - fills the registry
from luka_bot.demo.telegram.faults import Fault, FaultKind, Faults
from luka_bot.demo.telegram.file_door import FileDoor
from luka_bot.demo.telegram.happenings import Called
from luka_bot.demo.telegram.journal import ApiCall, Journal
from luka_bot.demo.telegram.json_types import Json
from luka_bot.demo.telegram.methods.edits import NOT_MODIFIED
from luka_bot.demo.telegram.params import Params, Upload, decoded
from luka_bot.demo.telegram.refusal import BadRequest, Refusal
from luka_bot.demo.telegram.registry import find_method
from luka_bot.demo.telegram.world import World
from luka_bot.models.ids import MessageId

log = structlog.get_logger(__name__)

LARGEST_REQUEST = 60 << 20  # bytes; a file of 50 MB and its wrapping
GARBAGE = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What the method said, and what of it the caller hears; None is a cut connection."""

    response: web.Response | None
    heard: web.Response | None


class BotApi:
    def __init__(self, token: str, world: World, faults: Faults, journal: Journal) -> None:
        self._token = token
        self._world = world
        self._faults = faults
        self._journal = journal
        self._closing = asyncio.Event()
        self._files = FileDoor(token, world, faults, self._closing)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/bot{token:[^/]+}/{method:[^/]*}", self.call),
            web.get("/file/bot{token:[^/]+}/{folder}/{file_id}", self._files.fetch),
        ]

    def close(self) -> None:
        """Let calls that are kept waiting end."""
        self._closing.set()

    async def call(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self._token:
            return _failure(Refusal(401, "Unauthorized"))
        method = request.match_info["method"]
        try:
            params = Params(decoded(await _raw_params(request)))
        except Refusal as refusal:
            return _failure(refusal)
        chat_id = params.values.get("chat_id")
        chat_id = chat_id if isinstance(chat_id, int) else None
        number = self._journal.began(ApiCall(method, params.values, chat_id, time.monotonic()))
        fault = self._faults.take(method, chat_id, params.values)
        outcome = await self._spoiled(method, params, fault)
        status = outcome.heard.status if outcome.heard else 0
        self._journal.ended(number, ok=status == 200, status=status)
        self._world.tell(
            Called(
                method,
                ok=status == 200,
                harmless=_is_harmless(outcome.heard),
                door=_door(request),
                message_id=_message_id(outcome.response),
                heard=outcome.heard is not None,
            )
        )
        return outcome.heard or _hang_up(request)

    async def _spoiled(self, method: str, params: Params, fault: Fault | None) -> "_Outcome":
        if fault and fault.kind in {FaultKind.CUT_AFTER, FaultKind.HOLD}:
            unheard = await self._answer(method, params)
            if fault.kind is FaultKind.HOLD:
                await self._silent(None)
            return _Outcome(unheard, None)
        response = await self._given(method, params, fault)
        return _Outcome(response, response)

    async def _given(self, method: str, params: Params, fault: Fault | None) -> web.Response | None:
        """None is a connection to be cut."""
        match fault:
            case None:
                return await self._answer(method, params)
            case Fault(kind=FaultKind.REFUSE):
                parameters: Json | None = None
                if fault.retry_after is not None:
                    parameters = {"retry_after": fault.retry_after}
                return _failure(Refusal(fault.status, fault.description, parameters))
            case Fault(kind=FaultKind.GARBAGE):
                return web.Response(status=fault.status, text=GARBAGE, content_type="text/html")
            case Fault(kind=FaultKind.SILENCE, seconds=seconds):
                return await self._answer(method, params) if await self._silent(seconds) else None
            case _:
                return None

    async def _silent(self, seconds: float | None) -> bool:
        """True when it was only for a time."""
        try:
            await asyncio.wait_for(self._closing.wait(), seconds)
        except TimeoutError:
            return True
        return False

    async def _answer(self, name: str, params: Params) -> web.Response:
        method = find_method(name)
        if method is None:
            return _failure(Refusal(404, "Not Found: method not found"))
        try:
            result = method(self._world, params)
            if isinstance(result, Awaitable):
                result = await result
        except Refusal as refusal:
            return _failure(refusal)
        except Exception:  # the door of a server: its own failure is a 500
            log.exception("method.failed", method=name)
            return _failure(Refusal(500, "Internal Server Error"))
        return _json({"ok": True, "result": result}, 200)


async def _raw_params(request: web.Request) -> Json:
    raw: Json = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except ValueError as error:
            raise BadRequest("can't parse JSON") from error
        if not isinstance(body, dict):
            raise BadRequest("object expected")
        return raw | body
    try:
        form = await request.post()
    except web.HTTPRequestEntityTooLarge as error:
        raise Refusal(413, "Request Entity Too Large") from error
    except ValueError as error:
        raise BadRequest("can't parse the request") from error
    return raw | {name: _field(value) for name, value in form.items()}


def _field(value: str | bytes | bytearray | web.FileField) -> object:
    match value:
        case web.FileField():
            return Upload(value.filename, value.content_type, value.file.read())
        case str():
            return value
        case _:
            return bytes(value).decode(errors="replace")


def _failure(refusal: Refusal) -> web.Response:
    body: Json = {
        "ok": False,
        "error_code": refusal.code,
        "description": refusal.description,
    }
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return _json(body, refusal.code)


def _door(request: web.Request) -> int:
    name = request.transport.get_extra_info("sockname") if request.transport else None
    return int(name[1]) if name else 0


def _message_id(response: web.Response | None) -> MessageId | None:
    if response is None or response.status != 200:
        return None
    result = json.loads(response.text or "{}").get("result")
    number = result.get("message_id") if isinstance(result, dict) else None
    return None if number is None else MessageId(number)


def _is_harmless(response: web.Response | None) -> bool:
    return response is not None and NOT_MODIFIED in (response.text or "")


def _json(body: Json, status: int) -> web.Response:
    text = json.dumps(body, ensure_ascii=False)
    return web.Response(text=text, status=status, content_type="application/json")


def _hang_up(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()  # goes nowhere
