"""Kills in a steady rhythm, with other troubles beside them."""

import asyncio
from collections import Counter

from chaos.crowd import Crowd
from chaos.replica import Replica
from chaos.stage import Stage
from chaos.troubles import Trouble, Troubles, usual
from luka_bot.background import Background
from luka_bot.models.errors import StorageAway

SHORT = (0.1, 2.0)  # s that a process works at least, and at most, until it is killed
BREATH = 3  # every third life is a long one: an update that met six kills would be given up
YOUNG = 0.06  # of the kills hit a process that only just starts
LOOK = 0.02  # s
LONGEST_WAIT = 30.0  # s that the oldest update waits; a machine that is further behind catches up
START_LIMIT = 90.0  # s for all this; a process that takes longer is killed all the same


class Director:
    """did: what was done so far, by its name."""

    def __init__(self, stage: Stage, crowd: Crowd) -> None:
        self.kills = 0
        self.did: Counter[str] = Counter()
        self._stage = stage
        self._crowd = crowd
        self._chance = stage.plan.chance("director")
        self._troubles = usual(Troubles(stage))
        self._beside = Background()

    async def run(self) -> None:
        """Until as many processes were killed as the plan wants; each is started again at once."""
        plan = self._stage.plan
        for replica in self._stage.replicas:
            await replica.start()
        while self.kills < plan.kills:
            self._crowd.due = plan.messages * (self.kills + 1) / plan.kills
            self._trouble()
            life = plan.long_life if self.kills % BREATH == BREATH - 1 else SHORT
            await self._kill(await self._victim(self._chance.uniform(*life)))
        self._crowd.due = plan.messages

    async def ended(self, seconds: float) -> None:
        """Troubles that are under way put right what they broke."""
        if not await self._beside.drain(seconds):
            self.did["trouble without an end"] += 1
        await self._beside.cancel()

    async def _kill(self, victim: Replica) -> None:
        """Unless something else has come over it meanwhile."""
        if victim.busy:
            return
        victim.busy = True
        try:
            await victim.kill()
            self.kills += 1
            await victim.start()
        finally:
            victim.busy = False

    def _trouble(self) -> None:
        for likely, name, trouble in self._troubles:
            if self._chance.random() < likely:
                self._beside.spawn(name, self._counted(name, trouble))

    async def _counted(self, name: str, trouble: Trouble) -> None:
        self.did[name] += 1
        await trouble()

    async def _victim(self, age: float) -> Replica:
        """One that has worked for so many seconds, or now and then whoever is there.

        Of several, one more is at work then, to take over.
        """
        if self._chance.random() < YOUNG:
            return self._chance.choice(self._stage.replicas)
        try:
            async with asyncio.timeout(START_LIMIT):
                while not (ready := self._of_age(age)) or await self._is_behind():  # noqa: ASYNC110 - it has no event
                    await asyncio.sleep(LOOK)
        except TimeoutError:
            self.did["process slow to start"] += 1
            return self._chance.choice(self._stage.replicas)
        return self._chance.choice(ready)

    async def _is_behind(self) -> bool:
        """Kills that outrun the machine would only show how many questions may wait."""
        try:
            return (await self._stage.store.records.state()).oldest > LONGEST_WAIT
        except StorageAway:
            return False

    def _of_age(self, age: float) -> list[Replica]:
        at_work = [one for one in self._stage.replicas if one.at_work]
        enough = len(at_work) > 1 or len(self._stage.replicas) == 1
        return [one for one in at_work if one.age >= age] if enough else []
