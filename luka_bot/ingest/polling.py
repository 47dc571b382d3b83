"""One poller per token: whoever holds the lease polls, all others stand by."""

import asyncio
from contextlib import suppress

import structlog

from luka_bot import metrics
from luka_bot.ingest.poller import Poller
from luka_bot.models.errors import StorageAway
from luka_bot.storage.leases import Lease
from luka_bot.watch.vitals import Vitals

log = structlog.get_logger(__name__)

LEASE_SECONDS = 10.0  # how long a killed poller's place stays taken
LAST_WORD = 1.0  # s that leaving may take; the lease ends by itself
RENEW_SECONDS = 3.0  # three tries before the lease ends


class LeaseLost(Exception):
    """Somebody else polls now."""


class Polling:
    def __init__(self, lease: Lease, poller: Poller, vitals: Vitals) -> None:
        self._lease = lease
        self._poller = poller
        self._vitals = vitals
        self._anew = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Until stop is set. A wrong token ends it with an error, inside a group."""
        try:
            while not stop.is_set():
                if await self._stand_by(stop):
                    await self._poll_while_held(stop)
        finally:
            await self._release()

    def poll_anew(self) -> None:
        """End a poll that hangs in spite of its timeouts, and begin again; nothing is lost."""
        self._anew.set()

    async def _stand_by(self, stop: asyncio.Event) -> bool:
        """True once the lease is ours, False if we were stopped first."""
        waiting = False
        while not stop.is_set():
            try:
                if await self._lease.take() or await self._lease.inherit():
                    log.info("polling.started")
                    return True
                if not waiting:
                    log.info("polling.stand_by", hint="another process polls with this token")
                waiting = True
            except StorageAway as error:
                log.debug("polling.storage_away", error=str(error))
            await _set_within(stop, RENEW_SECONDS / 3)
        return False

    async def _poll_while_held(self, stop: asyncio.Event) -> None:
        self._vitals.begin_polling()
        try:
            async with asyncio.TaskGroup() as group:
                lease = group.create_task(self._keep_lease())
                poll = group.create_task(self._poll())
                await stop.wait()
                poll.cancel()
                lease.cancel()
        except* LeaseLost:
            log.warning("polling.lease_lost", hint="another process polls now")
        finally:
            self._vitals.end_polling()
            metrics.LAST_POLL.set(0)

    async def _poll(self) -> None:
        while True:
            self._anew.clear()
            async with asyncio.TaskGroup() as group:
                poll = group.create_task(self._poller.run())
                await self._anew.wait()
                poll.cancel()

    async def _keep_lease(self) -> None:
        """Without Redis nothing that we hear is stored or confirmed, but people are told of it. If
        only we can't reach it, whoever has our place meanwhile shows by a 409."""
        renewed = self._vitals.clock()
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            asked = self._vitals.clock()
            try:
                if not await self._lease.take():
                    raise LeaseLost
                renewed = self._vitals.clock()
                self._vitals.place_kept(asked)
            except StorageAway as error:
                log.debug("polling.storage_away", error=str(error))
                if self._contested(renewed):
                    raise LeaseLost from error

    def _contested(self, renewed: float) -> bool:
        """renewed: when the lease was surely ours."""
        conflict = self._vitals.contested_at
        ended = self._vitals.clock() - renewed >= LEASE_SECONDS
        return ended and conflict is not None and conflict > renewed

    async def _release(self) -> None:
        try:
            async with asyncio.timeout(LAST_WORD):
                await self._lease.release()
        except (StorageAway, TimeoutError):
            log.warning("polling.lease_not_released")


async def _set_within(event: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
