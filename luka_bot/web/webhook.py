"""Where Telegram brings updates: it hears 200 once they are stored, and not before."""

import asyncio
import hmac
import json
import time
from collections.abc import Awaitable, Callable, Sequence

import structlog
from aiohttp import hdrs, web
from pydantic import SecretStr

from luka_bot import metrics
from luka_bot.ingest.intake import Notices
from luka_bot.ingest.raw_updates import RawUpdate
from luka_bot.ingest.registration import CONNECTIONS, Endpoint
from luka_bot.models.errors import InboxFull, ReplicaLost, StorageAway

log = structlog.get_logger(__name__)

SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
SOON = 1  # s until Telegram brings it again: another replica has room for it, or we in a moment
AWAY = 3  # s; the same while Redis is away
FULL = 30  # s; the same while as many updates wait as may
BODY_SECONDS = 10.0  # that sending the body may take
WARN_EVERY = 60.0  # s; whoever knocks without the secret doesn't fill our log

Store = Callable[[Sequence[RawUpdate]], Awaitable[None]]
"""Raises StorageAway or InboxFull."""


def routes(
    endpoint: Endpoint, store: Store, notices: Notices, stop: asyncio.Event
) -> list[web.RouteDef]:
    """stop: once it is set, Telegram is asked to come again, to another replica if there is one."""
    return [web.post(endpoint.path, _Webhook(endpoint.secret, store, notices, stop).answer)]


class _Webhook:
    def __init__(
        self, secret: SecretStr, store: Store, notices: Notices, stop: asyncio.Event
    ) -> None:
        self._secret = secret.get_secret_value().encode()
        self._store = store
        self._notices = notices
        self._stop = stop
        self._places = asyncio.Semaphore(CONNECTIONS)
        self._warned_at = float("-inf")

    async def answer(self, request: web.Request) -> web.Response:
        """Always with a response of ours, so that each is counted."""
        try:
            response = await self._answered(request)
        except Exception:
            log.exception("webhook.failed")
            response = web.Response(status=500)
        metrics.WEBHOOK_REQUESTS.labels(str(response.status)).inc()
        return response

    async def _answered(self, request: web.Request) -> web.Response:
        if not self._knows_secret(request):
            self._warn()
            return web.Response(status=401)
        if self._stop.is_set():
            return _come_again(SOON)
        async with self._places:
            try:
                async with asyncio.timeout(BODY_SECONDS):
                    body = await request.read()
            except web.HTTPRequestEntityTooLarge as error:
                return web.Response(status=error.status)
            except TimeoutError:
                return web.Response(status=408)
            except (ConnectionError, web.RequestPayloadError):  # cut, or torn; it comes again
                return web.Response(status=400)
            return await self._taken(body)

    async def _taken(self, body: bytes) -> web.Response:
        raw = _update_in(body)
        if raw is None:  # Telegram would bring it for ever, and nothing behind it
            log.error("webhook.unreadable", size=len(body))
            metrics.DEAD_LETTERS.labels("unreadable").inc()
            return web.Response()
        came_at = time.time()
        try:
            await self._store([raw])
        except ReplicaLost:
            return _come_again(SOON)
        except InboxFull:
            log.warning("webhook.inbox_full", update_id=raw["update_id"])
            return _come_again(FULL)
        except StorageAway:
            log.info("webhook.storage_away", update_id=raw["update_id"])
            if _is_new(raw, came_at):
                self._notices.storage_away(raw)
            return _come_again(AWAY)
        return web.Response()

    def _knows_secret(self, request: web.Request) -> bool:
        given = request.headers.get(SECRET)
        if given is None:
            return False
        return hmac.compare_digest(given.encode(errors="surrogateescape"), self._secret)

    def _warn(self) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._warned_at >= WARN_EVERY:
            self._warned_at = now
            log.warning("webhook.wrong_secret")


def _come_again(seconds: int) -> web.Response:
    return web.Response(status=503, headers={hdrs.RETRY_AFTER: str(seconds)})


def _update_in(body: bytes) -> RawUpdate | None:
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return raw if isinstance(raw, dict) and type(raw.get("update_id")) is int else None


def _is_new(raw: RawUpdate, now: float) -> bool:
    """Whether Telegram brings it for the first time: a replica can't know whom the others told.
    Taps have no time of their own; they are told of by each replica."""
    message = raw.get("message")
    date = message.get("date") if isinstance(message, dict) else None
    return not isinstance(date, int) or now - date < AWAY
