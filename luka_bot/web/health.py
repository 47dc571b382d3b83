"""`/health/live` and `/health/ready`, for those who restart us or send us work."""

from collections.abc import Callable

from aiohttp import web

from luka_bot import __version__
from luka_bot.watch.watchdog import Watchdog

LIVE = "/health/live"
READY = "/health/ready"


def routes(watchdog: Watchdog, replica: Callable[[], str]) -> list[web.RouteDef]:
    """replica: the name of this process, as the logs have it."""

    async def live(_request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def ready(_request: web.Request) -> web.Response:
        report = watchdog.report()
        checks = {
            name: {"ok": outcome.ok, "detail": outcome.detail}
            for name, outcome in report.checks.items()
        }
        told = {
            "status": report.status,
            "checks": checks,
            "replica": replica(),
            "version": __version__,
        }
        return web.json_response(told, status=200 if report.serves else 503)

    return [web.get(LIVE, live), web.get(READY, ready)]
