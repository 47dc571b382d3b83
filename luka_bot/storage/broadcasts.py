"""Broadcasts on their way, so that whoever goes on after a restart sends nothing twice."""

from luka_bot.models.broadcast import Broadcast, BroadcastState, Outcome
from luka_bot.models.ids import UserId
from luka_bot.models.overseer import Overseer
from luka_bot.storage import keys
from luka_bot.storage.client import Reply, Storage
from luka_bot.storage.long_work import fields_of, write_new, write_old
from luka_bot.storage.overseer_codec import overseer_fields, overseer_of
from luka_bot.storage.scripts import Script

_COUNT = Script.load("count_reachable", "reachable", repeatable=True)
_START = Script.load("start_broadcast", "reachable", repeatable=True)
_END = Script.load("end_broadcast", repeatable=True)
_NEXT = Script.load("next_recipient", repeatable=True)
_SETTLE = Script.load("settle_recipient", repeatable=True)


class BroadcastGone(Exception):
    """It was too long ago."""


class DecidedBefore(Exception):
    """By an admin of this name."""

    def __init__(self, state: BroadcastState, by_name: str) -> None:
        super().__init__(state, by_name)
        self.state = state
        self.by_name = by_name


class AnotherRun(Exception):
    """Somebody else goes on with it."""


class Broadcasts:
    """Every method raises StorageAway. request: a second run of it finds what the first did."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def reach(self) -> int:
        """How many people one would go to now."""
        return int((await self._storage.run(_COUNT))[0])

    async def draft(self, broadcast_id: str, body: str, by: UserId) -> None:
        """by: whose words it is, so that it goes when they are forgotten."""
        state = BroadcastState.DRAFT.value
        name = keys.broadcast(broadcast_id)
        await write_new(self._storage, name, "state", state, "body", body, "by", str(by))

    async def start(self, broadcast_id: str, overseer: Overseer, request: str) -> None:
        """Raises BroadcastGone and DecidedBefore."""
        names = [keys.broadcast(broadcast_id), keys.broadcast_to(broadcast_id), keys.BROADCASTS]
        args = [broadcast_id, request, "decided_by", overseer.by_name, *overseer_fields(overseer)]
        _decided(await self._storage.run(_START, names, args))

    async def cancel(self, broadcast_id: str, by_name: str, request: str) -> None:
        """Before it was sent. Raises as start."""
        await self._end(broadcast_id, BroadcastState.CANCELLED, by_name, request)

    async def stop(self, broadcast_id: str, by_name: str, request: str) -> None:
        """While it is sent. Raises as start."""
        await self._end(broadcast_id, BroadcastState.STOPPED, by_name, request)

    async def under_way(self) -> frozenset[str]:
        found = await self._storage.read(lambda redis: redis.smembers(keys.BROADCASTS))
        return frozenset(map(str, found))

    async def adopt(self, broadcast_id: str, run: str) -> tuple[Broadcast, Overseer]:
        """From now on no other run goes on with it. Raises BroadcastGone."""
        if not await write_old(self._storage, keys.broadcast(broadcast_id), "run", run):
            raise BroadcastGone
        return await self.get(broadcast_id)

    async def get(self, broadcast_id: str) -> tuple[Broadcast, Overseer]:
        """Of one that was started. Raises BroadcastGone."""
        fields = await fields_of(self._storage, keys.broadcast(broadcast_id))
        if not fields:
            raise BroadcastGone
        return _broadcast(fields), overseer_of(fields)

    async def next(self, broadcast_id: str, run: str, step: str) -> UserId | None:
        """Whom to send it to; None if that was all. Raises BroadcastGone and AnotherRun."""
        names = [keys.broadcast(broadcast_id), keys.broadcast_to(broadcast_id)]
        match await self._storage.run(_NEXT, names, [run, step]):
            case ["NEXT", uid]:
                return UserId(int(uid))
            case ["LOST"]:
                raise AnotherRun
            case ["GONE"]:
                raise BroadcastGone
        return None

    async def settle(self, broadcast_id: str, run: str, step: str, outcome: Outcome) -> None:
        """Raises AnotherRun."""
        names = [keys.broadcast(broadcast_id), keys.broadcast_to(broadcast_id)]
        if await self._storage.run(_SETTLE, names, [run, step, outcome.value]) == ["LOST"]:
            raise AnotherRun

    async def close(self, broadcast_id: str) -> None:
        """Nothing is left to be done, or told."""
        await self._storage.read(lambda redis: redis.srem(keys.BROADCASTS, broadcast_id))

    async def _end(
        self, broadcast_id: str, state: BroadcastState, by_name: str, request: str
    ) -> None:
        stopping = state is BroadcastState.STOPPED
        before = BroadcastState.SENDING if stopping else BroadcastState.DRAFT
        args = [before.value, state.value, by_name, request]
        _decided(await self._storage.run(_END, [keys.broadcast(broadcast_id)], args))


def _decided(reply: Reply) -> None:
    match reply:
        case ["GONE"]:
            raise BroadcastGone
        case ["ALREADY", state, by_name]:
            raise DecidedBefore(BroadcastState(state), str(by_name))


def _broadcast(fields: dict[str, str]) -> Broadcast:
    numbers = ("total", "delivered", "blocked", "failed", "doubtful")
    return Broadcast(
        BroadcastState(fields["state"]),
        fields["body"],
        fields.get("decided_by", ""),
        *(int(fields.get(name, 0)) for name in numbers),
    )
