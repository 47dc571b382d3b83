"""Which model an admin chose to answer instead of the configured one."""

from dataclasses import dataclass

from luka_bot.storage import keys
from luka_bot.storage.client import Storage


@dataclass(frozen=True, slots=True)
class Switch:
    """instead_of: what was configured when the admin chose."""

    name: str
    instead_of: str


class SwitchedModel:
    """Every method raises StorageAway."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def get(self) -> Switch | None:
        fields = await self._storage.read(lambda redis: redis.hgetall(keys.DEFAULT_MODEL))
        if not fields:
            return None
        return Switch(str(fields["name"]), str(fields["instead_of"]))

    async def put(self, switch: Switch) -> None:
        fields = ["name", switch.name, "instead_of", switch.instead_of]
        await self._storage.read(lambda redis: redis.hset(keys.DEFAULT_MODEL, items=fields))

    async def forget(self) -> None:
        await self._storage.read(lambda redis: redis.delete(keys.DEFAULT_MODEL))
