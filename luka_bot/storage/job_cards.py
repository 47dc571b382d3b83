"""Where jobs stand in Telegram, and which of them aren't shown there as they are."""

from luka_bot.models.ids import JobId
from luka_bot.models.job import Spot
from luka_bot.storage import keys
from luka_bot.storage.client import Storage
from luka_bot.storage.job_codec import spot_text
from luka_bot.storage.scripts import Script

_SPOT = Script.load("job_spot", "job", repeatable=True)
_TOLD = Script.load("job_told", "job", repeatable=True)

TOLD_AT_ONCE = 50


class JobCards:
    """Every method may raise StorageAway."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def spot(self, job_id: JobId, spot: Spot, name: str = "") -> None:
        """A message that leads to the job; name: `card` or `admin_card`, where it is one."""
        where = keys.job_at(f"{spot.chat_id}:{spot.message_id}")
        await self._storage.run(_SPOT, [where], [str(job_id), name, spot_text(spot)])

    async def at(self, spot: Spot) -> JobId | None:
        where = keys.job_at(f"{spot.chat_id}:{spot.message_id}")
        found = await self._storage.read(lambda redis: redis.get(where))
        return JobId(int(str(found))) if found else None

    async def untold(self) -> tuple[JobId, ...]:
        """Jobs whose cards don't show what they are, the longest waiting first."""
        found = await self._storage.read(
            lambda redis: redis.zrange(keys.jobs("untold"), 0, TOLD_AT_ONCE - 1)
        )
        return tuple(JobId(int(str(one))) for one in found)

    async def told(self, job_id: JobId, version: int) -> None:
        await self._storage.run(_TOLD, args=[str(job_id), version])
