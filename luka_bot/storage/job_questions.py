"""Why is it rejected? The messages that ask admins, and the jobs that they are about."""

from luka_bot.models.ids import JobId
from luka_bot.models.job import Spot
from luka_bot.storage import keys
from luka_bot.storage.client import Storage


class JobQuestions:
    """Every method may raise StorageAway."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def keep(self, spot: Spot, job_id: JobId) -> None:
        name, life = _key(spot), keys.QUESTION_LIFE
        await self._storage.write(lambda redis: redis.set(name, str(job_id), ex=life))

    async def at(self, spot: Spot) -> JobId | None:
        """None where the message asks nothing, or nobody answered in time."""
        found = await self._storage.read(lambda redis: redis.get(_key(spot)))
        return JobId(int(str(found))) if found else None


def _key(spot: Spot) -> str:
    return keys.job_question(f"{spot.chat_id}:{spot.message_id}")
