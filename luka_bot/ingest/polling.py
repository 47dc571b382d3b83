"""One poller per token: whoever holds the lease polls, all others stand by."""

import asyncio

import structlog

from luka_bot.ingest.intake import Intake
from luka_bot.ingest.poller import Poller
from luka_bot.models.errors import StorageAway
from luka_bot.storage.leases import Lease

log = structlog.get_logger(__name__)

LEASE_SECONDS = 10.0  # how long a killed poller's place stays taken
RENEW_SECONDS = 3.0  # three tries before the lease ends


class LeaseLost(Exception):
    """Somebody else polls now."""


class Polling:
    def __init__(self, lease: Lease, poller: Poller, intake: Intake) -> None:
        self._lease = lease
        self._poller = poller
        self._intake = intake

    async def run(self) -> None:
        """Until cancelled; gives the lease back then. A wrong token ends it with an error."""
        try:
            while True:
                await self._stand_by()
                await self._poll_while_held()
        finally:
            await self._release()

    async def _stand_by(self) -> None:
        waiting = False
        while not await self._held():
            if not waiting:
                log.info("polling.stand_by", hint="another process polls with this token")
            waiting = True
            await asyncio.sleep(RENEW_SECONDS / 3)
        log.info("polling.started")

    async def _held(self) -> bool:
        try:
            return await self._lease.take() or await self._lease.inherit()
        except StorageAway:
            log.warning("polling.storage_away")
            return False

    async def _poll_while_held(self) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._poller.run())
                group.create_task(self._keep_lease())
        except* LeaseLost:
            log.warning("polling.lease_lost", hint="another process polls now")
            await self._intake.drop()

    async def _keep_lease(self) -> None:
        """While Redis is away nobody else can take the lease either, so we go on."""
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            try:
                if not await self._lease.take():
                    raise LeaseLost
            except StorageAway:
                log.warning("polling.storage_away")

    async def _release(self) -> None:
        try:
            await self._lease.release()
        except StorageAway:
            log.warning("polling.lease_not_released")
