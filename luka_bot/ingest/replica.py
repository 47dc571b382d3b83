"""This process among the others: its signs of life, its own inbox, and that of those who died."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import structlog

from luka_bot import metrics
from luka_bot.background import Background
from luka_bot.ingest.intake import Intake
from luka_bot.ingest.reader import Reader
from luka_bot.models.clock import Clock
from luka_bot.models.errors import StorageAway
from luka_bot.storage.replicas import LEASE_SECONDS, Membership, Peer, PeerState
from luka_bot.watch.vitals import Vitals

log = structlog.get_logger(__name__)

RENEW_SECONDS = 1.0
LAST_WORD = 1.0  # s that leaving may take; the lease ends by itself
RENEW_PATIENCE = 3.0  # s; a few tries fit into the lease


class Replica:
    """clock is monotonic; count is told how many replicas live, ours included."""

    def __init__(
        self,
        membership: Membership,
        reader: Reader,
        intake: Intake,
        clock: Clock,
        count: Callable[[int], None],
        vitals: Vitals,
    ) -> None:
        self._membership = membership
        self._reader = reader
        self._intake = intake
        self._clock = clock
        self._count = count
        self._vitals = vitals
        self._reading = Background()
        self._ready = asyncio.Event()
        self._joined = False
        self._ending = False
        self._renewed_at = float("-inf")
        self._steady_since = float("inf")

    @property
    def holds(self) -> bool:
        """Whether nobody else may work on what is in our inbox."""
        return self._clock() - self._renewed_at < LEASE_SECONDS

    async def ready(self) -> None:
        """Wait until updates can be stored with us."""
        await self._ready.wait()

    @asynccontextmanager
    async def working(self, grace: float) -> AsyncIterator[None]:
        """Inside, updates are worked on. Leaving lets answers end for grace seconds, still under
        our lease, so that whoever takes the rest over doesn't begin them again."""
        async with asyncio.TaskGroup() as group:
            signs = group.create_task(self._give_signs())
            try:
                yield
            finally:
                self._ending = True
                log.info("replica.ending", in_flight=self._intake.in_flight)
                await self._reading.cancel()
                await self._intake.close(grace)
                signs.cancel()
        await self._leave()

    async def _give_signs(self) -> None:
        while True:
            asked_at = self._clock()
            try:
                async with asyncio.timeout(RENEW_PATIENCE):
                    peers = await self._sign()
            except (StorageAway, TimeoutError) as error:
                await self._unheard(error)
            else:
                if peers is None:
                    await self._lost()
                    continue
                await self._heard(asked_at, peers)
            await asyncio.sleep(RENEW_SECONDS)

    async def _sign(self) -> tuple[Peer, ...] | None:
        """The other replicas; None if ours was taken over."""
        if self._joined:
            return await self._membership.renew()
        peers = await self._membership.join()
        self._joined = True
        log.info("replica.joined", replica=self._membership.replica_id, others=len(peers))
        return peers

    async def _unheard(self, error: Exception) -> None:
        log.debug("replica.storage_away", error=str(error))
        self._steady_since = float("inf")
        if not self.holds:
            self._vitals.lease_ended()
            await self._stop("nobody knows that we live")

    async def _lost(self) -> None:
        self._joined = False
        self._vitals.lease_lost()
        await self._stop("another replica took us for dead")

    async def _heard(self, asked_at: float, peers: tuple[Peer, ...]) -> None:
        if asked_at - self._renewed_at > LEASE_SECONDS or self._steady_since > asked_at:
            self._steady_since = asked_at
        self._renewed_at = asked_at
        self._vitals.lease_taken()
        self._count(1 + sum(peer.state is PeerState.ALIVE for peer in peers))
        if self._ending:
            return
        if not self._reading.running:
            await self._stop("begin")
            self._reading.spawn("read inbox", self._reader.run())
            self._ready.set()
        if dead := [peer for peer in peers if self._is_dead(peer)]:
            await self._take_over(dead[0])  # one a round, so that our own signs come in time

    def _is_dead(self, peer: Peer) -> bool:
        """After an outage of Redis everybody is silent; who lives has said so within a lease."""
        steady = self._clock() - self._steady_since >= LEASE_SECONDS
        return peer.dead or (peer.state is PeerState.SILENT and steady)

    async def _take_over(self, peer: Peer) -> None:
        try:
            updates = await self._membership.take_over(peer)
        except StorageAway as error:
            log.debug("replica.storage_away", error=str(error))
            return
        if updates is not None:
            metrics.INBOX_TAKEOVERS.inc()
            log.warning("replica.took_over", replica=peer.replica_id, updates=updates)

    async def _stop(self, why: str) -> None:
        """Somebody else may be at our work by now; what we leave is still in the inbox."""
        if self._reading.running or self._intake.in_flight:
            log.warning("replica.work_dropped", why=why, in_flight=self._intake.in_flight)
        await self._reading.cancel()
        await self._intake.drop()

    async def _leave(self) -> None:
        try:
            async with asyncio.timeout(LAST_WORD):
                await self._membership.leave()
        except (StorageAway, TimeoutError):
            log.warning("replica.not_left")
