"""The agents that admins made, besides those that are configured."""

import json

from luka_bot.models.agent import Agent
from luka_bot.models.conversation import Policy
from luka_bot.models.ids import AgentName
from luka_bot.storage import keys
from luka_bot.storage.client import Storage


class PersonaStore:
    """Every method raises StorageAway."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def all(self) -> tuple[Agent, ...]:
        """By their names."""
        found = await self._storage.read(lambda redis: redis.hgetall(keys.PERSONAS))
        return tuple(_agent(str(name), str(found[name])) for name in sorted(found))

    async def put(self, agent: Agent) -> None:
        """In the place of one with the same name."""
        text = json.dumps(
            {
                "title": agent.title,
                "model": agent.model,
                "system_prompt": agent.system_prompt,
                "policy": "" if agent.policy is None else agent.policy.value,
            },
            ensure_ascii=False,
        )
        await self._storage.read(lambda redis: redis.hset(keys.PERSONAS, agent.name, text))

    async def remove(self, name: AgentName) -> bool:
        """False if there was none."""
        return bool(await self._storage.read(lambda redis: redis.hdel(keys.PERSONAS, name)))


def _agent(name: str, text: str) -> Agent:
    fields = json.loads(text)
    policy = Policy(fields["policy"]) if fields["policy"] else None
    return Agent(AgentName(name), fields["title"], fields["model"], fields["system_prompt"], policy)
