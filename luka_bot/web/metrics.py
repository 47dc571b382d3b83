"""`/metrics`, as Prometheus reads it."""

import asyncio
import math
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import hdrs, web
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from luka_bot.metrics import AT_SCRAPE, REGISTRY
from luka_bot.models.errors import StorageAway

PATH = "/metrics"
REFRESH_SECONDS = 2.0  # Prometheus itself waits 10 s by default

log = structlog.get_logger(__name__)


def routes(refresh: Callable[[], Awaitable[None]]) -> list[web.RouteDef]:
    """refresh sets the gauges of AT_SCRAPE from Redis; it may raise StorageAway.

    Then, or when it takes too long, they are NaN, and the scrape gives all the others as ever.
    """

    async def metrics(_request: web.Request) -> web.Response:
        await _refreshed(refresh)
        headers = {hdrs.CONTENT_TYPE: CONTENT_TYPE_PLAIN_0_0_4}
        return web.Response(body=generate_latest(REGISTRY), headers=headers)

    return [web.get(PATH, metrics)]


async def _refreshed(refresh: Callable[[], Awaitable[None]]) -> None:
    try:
        async with asyncio.timeout(REFRESH_SECONDS):
            await refresh()
    except (StorageAway, TimeoutError):
        log.warning("metrics.storage_away")
        for gauge in AT_SCRAPE:
            gauge.set(math.nan)
