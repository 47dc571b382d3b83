"""A person, taken out of all jobs."""

from luka_bot.models.ids import UserId
from luka_bot.storage import keys
from luka_bot.storage.client import Storage
from luka_bot.storage.jobs import JobStore
from luka_bot.storage.scripts import Script

_ANONYMOUS = Script.load("job_anonymous", repeatable=True)

AT_ONCE = 50
LOOKED_AT = 1000  # jobs a script looks at


class JobForgetting:
    """Every method may raise StorageAway."""

    def __init__(self, storage: Storage, store: JobStore) -> None:
        self._storage = storage
        self._store = store

    async def forget(self, owner: UserId) -> None:
        """Their jobs go; in others' nobody is told of them any more."""
        while page := (await self._store.of_person(owner, 0, AT_ONCE)).jobs:
            for job in page:
                await self._store.remove(job.id, None, open_too=True)
        last = int(str(await self._storage.read(lambda redis: redis.get(keys.JOB_SEQ)) or 0))
        for first in range(1, last + 1, LOOKED_AT):
            await self._storage.run(_ANONYMOUS, args=[str(owner), first, LOOKED_AT])
