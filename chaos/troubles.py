"""One by one, what may go wrong around luka; each ends by putting right what it broke."""

import asyncio
from collections.abc import Callable, Coroutine

import aiohttp

from chaos.replica import Replica
from chaos.stage import TOKEN, Stage

LEASE = 10.0  # s after which a silent replica counts as dead
RECENT = 40  # updates of which one may come again
FOREIGN = (aiohttp.ClientError, TimeoutError)

Trouble = Callable[[], Coroutine[object, object, None]]


class Troubles:
    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._chance = stage.plan.chance("troubles")
        self._store = asyncio.Lock()
        self._model = asyncio.Lock()

    async def terminate(self) -> None:
        """In order, as a new version does it."""
        if (replica := self._at_work()) is None:
            return
        replica.busy = True
        try:
            await replica.terminate()
            await replica.start()
        finally:
            replica.busy = False

    async def freeze(self) -> None:
        await self._frozen(self._chance.uniform(0.3, 3.0))

    async def freeze_beyond_the_lease(self) -> None:
        await self._frozen(LEASE + self._chance.uniform(1.0, 4.0))

    async def store_restarted(self) -> None:
        async with self._store:
            await self._stage.store.stop()
            await asyncio.sleep(self._chance.uniform(0.0, 1.5))
            await self._stage.store.start()

    async def store_killed(self) -> None:
        async with self._store:
            await self._stage.store.kill()
            await asyncio.sleep(self._chance.uniform(0.0, 1.5))
            await self._stage.store.start()

    async def wires_paused(self) -> None:
        await self._paused(self._chance.uniform(0.5, 4.0))

    async def wires_paused_beyond_the_lease(self) -> None:
        await self._paused(LEASE + self._chance.uniform(1.0, 4.0))

    async def wires_cut(self) -> None:
        self._chance.choice(self._stage.wires).cut()

    async def model_away(self) -> None:
        async with self._model:
            await self._stage.model.stop()
            await asyncio.sleep(self._chance.uniform(0.2, 2.0))
            await self._stage.model.start()

    async def update_again(self) -> None:
        """As Telegram brings one again of which it never heard that it arrived."""
        questions = self._stage.ledger.questions[-RECENT:]
        if questions:
            self._stage.telegram.redeliver(self._chance.choice(questions).update_id)

    async def second_poller(self) -> None:
        """Somebody else asks with the same token: Telegram sends a first poller away, and them
        where there is a webhook."""
        url = f"{self._stage.telegram.url}/bot{TOKEN}/getUpdates"
        async with aiohttp.ClientSession() as session:
            try:
                await (await session.get(url, params={"timeout": 0})).read()
            except FOREIGN:
                return

    async def _frozen(self, seconds: float) -> None:
        if (replica := self._at_work()) is None:
            return
        replica.busy = True
        replica.freeze()
        try:
            await asyncio.sleep(seconds)
        finally:
            replica.thaw()
            replica.busy = False

    async def _paused(self, seconds: float) -> None:
        wire = self._chance.choice(self._stage.wires)
        wire.pause()
        try:
            await asyncio.sleep(seconds)
        finally:
            wire.resume()

    def _at_work(self) -> Replica | None:
        found = [one for one in self._stage.replicas if one.at_work]
        return self._chance.choice(found) if found else None


def usual(troubles: Troubles) -> list[tuple[float, str, Trouble]]:
    """How often each happens between two kills, and what it is called."""
    return [
        (0.08, "process ended in order", troubles.terminate),
        (0.04, "process frozen", troubles.freeze),
        (0.01, "process frozen beyond its lease", troubles.freeze_beyond_the_lease),
        (0.03, "Redis restarted", troubles.store_restarted),
        (0.03, "Redis killed", troubles.store_killed),
        (0.06, "Redis out of reach", troubles.wires_paused),
        (0.01, "Redis out of reach beyond the lease", troubles.wires_paused_beyond_the_lease),
        (0.06, "connections to Redis cut", troubles.wires_cut),
        (0.08, "model killed", troubles.model_away),
        (0.35, "update brought again", troubles.update_again),
        (0.03, "second poller", troubles.second_poller),
    ]
