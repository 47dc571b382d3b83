"""`/metrics`, as Prometheus reads it."""

import asyncio
import math
from collections.abc import Awaitable, Callable, Sequence

import structlog
from aiohttp import hdrs, web
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from luka_bot.metrics import (
    AT_SCRAPE,
    DEAD_LETTERS_KEPT,
    INBOX_DEPTH,
    INBOX_OLDEST,
    REGISTRY,
    REPLICAS,
)
from luka_bot.metrics_jobs import JOBS
from luka_bot.models.errors import StorageAway
from luka_bot.models.job import JobState
from luka_bot.storage.inbox_records import InboxRecords
from luka_bot.storage.jobs import JobStore

PATH = "/metrics"
REFRESH_SECONDS = 2.0  # Prometheus itself waits 10 s by default

log = structlog.get_logger(__name__)


Refresh = Callable[[], Awaitable[None]]


def routes(*refreshes: Refresh) -> list[web.RouteDef]:
    """They set the gauges of AT_SCRAPE and JOBS from Redis, and may raise StorageAway.

    Then, or when it takes too long, they are NaN, and the scrape gives all the others as ever.
    """

    async def metrics(_request: web.Request) -> web.Response:
        await _refreshed(refreshes)
        headers = {hdrs.CONTENT_TYPE: CONTENT_TYPE_PLAIN_0_0_4}
        return web.Response(body=generate_latest(REGISTRY), headers=headers)

    return [web.get(PATH, metrics)]


def from_inbox(records: InboxRecords) -> Refresh:
    """A refresh for routes."""

    async def refresh() -> None:
        state = await records.state()
        INBOX_DEPTH.set(state.depth)
        INBOX_OLDEST.set(state.oldest)
        DEAD_LETTERS_KEPT.set(state.dead)
        REPLICAS.set(state.replicas)

    return refresh


def from_jobs(store: JobStore) -> Refresh:
    """A refresh for routes."""

    async def refresh() -> None:
        for state, many in (await store.stats()).counts.items():
            JOBS.labels(state.value).set(many)

    return refresh


async def _refreshed(refreshes: Sequence[Refresh]) -> None:
    try:
        async with asyncio.timeout(REFRESH_SECONDS):
            for refresh in refreshes:
                await refresh()
    except (StorageAway, TimeoutError):
        log.debug("metrics.storage_away")
        for gauge in (*AT_SCRAPE, *(JOBS.labels(state.value) for state in JobState)):
            gauge.set(math.nan)
