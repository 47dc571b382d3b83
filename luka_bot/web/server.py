"""The one HTTP server: it gives each route its requests, and ends in order."""

import errno
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

import structlog
from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

from luka_bot.models.errors import AddressTaken

log = structlog.get_logger(__name__)

BODY_LIMIT = 1 << 20  # bytes; Telegram's updates have 64 KiB at most
GRACE_SECONDS = 15.0  # for requests that have begun; storing an update takes 10 s at worst


@asynccontextmanager
async def serving(
    host: str,
    port: int,
    routes: Sequence[web.RouteDef],
    leaving: Sequence[Callable[[], Awaitable[None]]] = (),
) -> AsyncIterator[int]:
    """Listens inside, and yields the port: port 0 takes a free one. Raises AddressTaken.

    Leaving lets requests that have begun end, and takes no more; leaving: what is said to those
    who would stay.
    """
    app = web.Application(middlewares=[_log_failures], client_max_size=BODY_LIMIT)
    app.add_routes(routes)
    app.on_response_prepare.append(_name_no_versions)
    app.on_shutdown.extend(_calling(farewell) for farewell in leaving)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=GRACE_SECONDS)
    await runner.setup()
    try:
        bound = await _listen(runner, host, port)
        log.info("web.listening", host=host, port=bound)
        yield bound
    finally:
        await runner.cleanup()


def _calling(
    farewell: Callable[[], Awaitable[None]],
) -> Callable[[web.Application], Awaitable[None]]:
    async def call(_app: web.Application) -> None:
        await farewell()

    return call


async def _listen(runner: web.AppRunner, host: str, port: int) -> int:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        raise AddressTaken(host, port, _reason(error)) from error
    return int(runner.addresses[0][1])


def _reason(error: OSError) -> str:
    """asyncio's own words name the address once more."""
    if error.errno and error.errno in errno.errorcode:
        return os.strerror(error.errno)
    return error.strerror or str(error)


@web.middleware
async def _log_failures(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The route says where; what was sent is nobody's business."""
    try:
        return await handler(request)
    except web.HTTPException:
        raise
    except Exception:
        resource = request.match_info.route.resource
        log.exception("web.failed", route=resource.canonical if resource else "")
        return web.Response(status=500)


async def _name_no_versions(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers[hdrs.SERVER] = "luka"
