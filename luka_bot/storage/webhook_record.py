"""What our processes know of the webhook together: with which address and secret it was set."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from luka_bot.models.errors import StorageAway
from luka_bot.storage import keys
from luka_bot.storage.client import Storage
from luka_bot.storage.leases import Lease

log = structlog.get_logger(__name__)

LEASE_SECONDS = 60.0  # longer than the few calls that are made under it
TAKE_AGAIN = 0.5  # s


class WebhookRecord:
    """lease: whoever holds it may set the webhook."""

    def __init__(self, storage: Storage, lease: Lease) -> None:
        self._storage = storage
        self._lease = lease

    async def fingerprint(self) -> str | None:
        """Of the last one that was set; None if that was too long ago, or never."""
        life = keys.WEBHOOK_LIFE
        found = await self._storage.read(lambda redis: redis.getex(keys.WEBHOOK, ex=life))
        return str(found) if found else None

    async def note(self, fingerprint: str) -> None:
        life = keys.WEBHOOK_LIFE
        await self._storage.write(lambda redis: redis.set(keys.WEBHOOK, fingerprint, ex=life))

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """Waits until no other process is at it."""
        while not (await self._lease.take() or await self._lease.inherit()):  # noqa: ASYNC110 - its end has no event
            await asyncio.sleep(TAKE_AGAIN)
        try:
            yield
        finally:
            await self._release()

    async def _release(self) -> None:
        try:
            await self._lease.release()
        except StorageAway:
            log.warning("webhook.lease_not_released")
