"""Which processes share the work, and what becomes of the work of one that is dead."""

from dataclasses import dataclass
from enum import StrEnum

from luka_bot.models.clock import Clock
from luka_bot.models.ids import ReplicaId
from luka_bot.storage import keys
from luka_bot.storage.client import Storage
from luka_bot.storage.process_names import is_dead, own_name
from luka_bot.storage.scripts import Script

LEASE_SECONDS = 10.0  # without a sign of life; then others may take over

_RENEW = Script.load("renew_replica", repeatable=True)
_LEAVE = Script.load("leave_replica", repeatable=True)
_TAKE_OVER = Script.load("take_over")


class PeerState(StrEnum):
    ALIVE = "alive"
    SILENT = "silent"  # its lease has ended: dead, cut off from Redis, or Redis itself was away
    LEFT = "left"  # it ended in order, and left something to do


@dataclass(frozen=True, slots=True)
class Peer:
    replica_id: ReplicaId
    state: PeerState

    @property
    def dead(self) -> bool:
        """Certainly: silence alone is none."""
        return self.state is PeerState.LEFT or is_dead(self.replica_id)


class Membership:
    """This process's place among the replicas. clock: seconds since the epoch."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock
        self.replica_id = ReplicaId(own_name())

    async def join(self) -> tuple[Peer, ...]:
        """As a new replica, whose inbox is empty; returns the others."""
        replica_id = ReplicaId(own_name())
        reply = await self._sign(replica_id, joins=True)
        self.replica_id = replica_id
        self._storage.speak_for(lambda: self.replica_id)
        return _peers(reply)

    async def renew(self) -> tuple[Peer, ...] | None:
        """The other replicas; None if ours was taken over, and has no inbox any more."""
        reply = await self._sign(self.replica_id, joins=False)
        return _peers(reply) if reply[0] == "OK" else None

    async def leave(self) -> None:
        """What still waits may be taken over at once."""
        await self._storage.run(_LEAVE, [keys.INBOX_REPLICAS], [self.replica_id])

    async def take_over(self, peer: Peer) -> int | None:
        """How many updates came to our inbox; None if it lives after all, or is gone already."""
        certain = "1" if peer.dead else "0"
        args = [peer.replica_id, self.replica_id, certain]
        match await self._storage.run(_TAKE_OVER, [keys.INBOX_REPLICAS], args):
            case ["OK", updates]:
                return int(updates)
            case _:
                return None

    async def _sign(self, replica_id: ReplicaId, *, joins: bool) -> list[str]:
        life = int(LEASE_SECONDS * 1000)
        args: list[str | int] = [replica_id, life, "1" if joins else "0", repr(self._clock())]
        return await self._storage.run(_RENEW, [keys.INBOX_REPLICAS], args)


def _peers(reply: list[str]) -> tuple[Peer, ...]:
    pairs = zip(reply[1::2], reply[2::2], strict=True)
    return tuple(Peer(ReplicaId(name), PeerState(state)) for name, state in pairs)
