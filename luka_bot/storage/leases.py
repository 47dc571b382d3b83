"""A promise that only one of several processes does a thing; it ends by itself."""

from luka_bot.storage import keys
from luka_bot.storage.client import Storage
from luka_bot.storage.process_names import is_dead, own_name
from luka_bot.storage.scripts import Script

_TAKE = Script.load("take_lease", repeatable=True)
_RENEW = Script.load("renew_lease", repeatable=True)
_RELEASE = Script.load("release_lease", repeatable=True)


class Lease:
    """seconds: how long it holds without being renewed, at most 600. One object is one holder."""

    def __init__(self, storage: Storage, name: str, seconds: float) -> None:
        self._storage = storage
        self._key = keys.lease(name)
        self._milliseconds = int(seconds * 1000)
        self._token = own_name()

    async def take(self) -> bool:
        """True if we hold it now; taking our own again renews it."""
        return await self._ask(_TAKE)

    async def inherit(self) -> bool:
        """Take it from a process of this machine that was killed, without waiting for its end."""
        holder = await self._storage.read(lambda redis: redis.get(self._key))
        if not holder or not is_dead(str(holder)):
            return False
        await self._storage.run(_RELEASE, [self._key], [str(holder), self._milliseconds])
        return await self.take()

    async def renew(self) -> bool:
        """False if it has ended or is somebody else's: then stop what it allowed."""
        return await self._ask(_RENEW)

    async def release(self) -> bool:
        """False if it wasn't ours any more."""
        return await self._ask(_RELEASE)

    async def _ask(self, script: Script) -> bool:
        reply = await self._storage.run(script, [self._key], [self._token, self._milliseconds])
        return reply == ["OK"]
