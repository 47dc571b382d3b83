"""Downloads of models under way, so that any process can go on with them."""

from luka_bot.models.overseer import Overseer
from luka_bot.models.pull import Phase, Pull
from luka_bot.storage import keys
from luka_bot.storage.client import Storage
from luka_bot.storage.long_work import fields_of, write_old
from luka_bot.storage.overseer_codec import overseer_fields, overseer_of
from luka_bot.storage.scripts import Script

_BEGIN = Script.load("begin_pull", repeatable=True)
_NOTE = Script.load("note_pull", repeatable=True)


class PullGone(Exception):
    """It has ended."""


class PulledElsewhere(Exception):
    """Another run goes on with it."""


class Pulls:
    """Names are full ones. Every method raises StorageAway."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def begin(self, name: str, overseer: Overseer, request: str) -> bool:
        """False if it is being downloaded already."""
        args = [name, "request", request, *overseer_fields(overseer)]
        reply = await self._storage.run(_BEGIN, [keys.pull(name), keys.PULLS], args)
        return reply == ["OK"]

    async def under_way(self) -> frozenset[str]:
        found = await self._storage.read(lambda redis: redis.smembers(keys.PULLS))
        return frozenset(map(str, found))

    async def running(self, name: str) -> Pull | None:
        if name not in await self.under_way():
            return None
        try:
            return await self._get(name)
        except PullGone:
            return None

    async def adopt(self, name: str, run: str) -> Pull:
        """From now on no other run goes on with it. Raises PullGone."""
        if not await write_old(self._storage, keys.pull(name), "run", run):
            raise PullGone
        return await self._get(name)

    async def note(self, pull: Pull, run: str) -> str:
        """Who has cancelled it, "" if nobody did. Raises PulledElsewhere."""
        fields = ["phase", pull.phase.value]
        fields += ["completed", str(pull.completed), "total", str(pull.total)]
        fields += ["message", str(pull.overseer.message_id)]
        reply = await self._storage.run(_NOTE, [keys.pull(pull.name), keys.PULLS], [run, *fields])
        if reply == ["LOST"]:
            raise PulledElsewhere
        return str(reply[1])

    async def cancel(self, name: str, by_name: str) -> None:
        """Whichever process downloads it sees that within a second or so."""
        await write_old(self._storage, keys.pull(name), "cancelled_by", by_name)

    async def close(self, name: str) -> None:
        """Nothing is left to be done, or told."""
        await self._storage.read(lambda redis: redis.srem(keys.PULLS, name))

    async def _get(self, name: str) -> Pull:
        fields = await fields_of(self._storage, keys.pull(name))
        if not fields:
            raise PullGone
        return Pull(
            name,
            overseer_of(fields),
            Phase(fields.get("phase", Phase.BEGINNING.value)),
            int(fields.get("completed", 0)),
            int(fields.get("total", 0)),
            fields.get("cancelled_by", ""),
            fields.get("request", ""),
        )
