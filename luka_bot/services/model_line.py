"""The line in front of the model: fair between people, over all replicas."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import replace
from operator import itemgetter

import structlog
from structlog.contextvars import clear_contextvars

from luka_bot.background import Background
from luka_bot.metrics import GENERATIONS_WAITING, LINE_WAIT
from luka_bot.models.clock import Clock
from luka_bot.models.errors import ModelError, StorageAway
from luka_bot.models.events import Waiting
from luka_bot.models.ids import UserId
from luka_bot.storage.line import LineStore, Place, Rank, Standing

LOOK_EVERY = 1.0  # s between two looks while somebody waits
LOOK_SOON = 0.2  # s, if the next slot may be ours and another process may free it
AT_ONCE = 100  # who wait; of more, not all are asked for at each change
SIGN_EVERY = 3.0  # s between two signs of life while somebody is answered
NOBODY = UserId(0)  # for whom spare work is done

log = structlog.get_logger(__name__)


class Queued:
    """A turn in the line, as far as this process knows. runs_since is None while it waits.

    cancel ends it, for an admin who wants it stopped."""

    def __init__(
        self, place: Place, person: UserId, since: float, cancel: Callable[[], None]
    ) -> None:
        self.cancel = cancel
        self.place = place
        self.person = person
        self.since = since
        self.runs_since: float | None = None
        self._newest: Waiting | None = None
        self._told: Waiting | None = None
        self._news = asyncio.Event()

    @property
    def asks(self) -> bool:
        """Whether somebody waits for it."""
        return self.place.rank is not Rank.SPARE

    async def news(self) -> Waiting | None:
        """Waits for another position than the one told last; None when all is told.

        Position 0 is told only to whoever was told of a wait.
        """
        while not self._has_news():
            if self.runs_since is not None:
                return None
            self._news.clear()
            await self._news.wait()
        self._told = self._newest
        return self._told

    def waits(self, waiting: Waiting, tag: str) -> None:
        self.place = replace(self.place, tag=tag)
        self._newest = waiting
        self._news.set()

    def runs(self, now: float) -> None:
        self.runs_since = now
        self._newest = Waiting(0) if self._told else None
        self._news.set()

    def _has_news(self) -> bool:
        if self._newest is None:
            return False
        return self._told is None or self._newest.position != self._told.position


class ModelLine:
    """overtakes: in whose threads questions go before everybody else's. clock is monotonic.

    Everybody of this process stands there together: one round trip tells of all. A change costs no
    more where thousands wait, for then their places are looked up once a second.
    """

    def __init__(
        self,
        store: LineStore,
        background: Background,
        clock: Clock,
        overtakes: Callable[[UserId], bool],
    ) -> None:
        self._store = store
        self._background = background
        self._clock = clock
        self._overtakes = overtakes
        self._queued: dict[str, Queued] = {}
        self._told_all_at = float("-inf")
        self._left: dict[str, float | None] = {}
        self._soon = False
        self._changed = asyncio.Event()
        self._standing: asyncio.Task[None] | None = None

    def place(
        self, person: UserId, owner: UserId, cancel: Callable[[], None] = lambda: None
    ) -> AbstractAsyncContextManager[Queued]:
        """Hear all its news, then ask the model; leave it as soon as the model is silent.

        person: whose question it is; owner: whose thread; cancel: called, perhaps again and again,
        when an admin wants it stopped, until it is left.
        """
        rank = Rank.OVERTAKES if self._overtakes(owner) else Rank.WAITS
        return self._place(person, rank, cancel)

    def spare_place(self) -> AbstractAsyncContextManager[Queued]:
        """The same for what nobody waits for: let in where nobody, in any process, is waiting."""
        return self._place(NOBODY, Rank.SPARE, lambda: None)

    @asynccontextmanager
    async def _place(
        self, person: UserId, rank: Rank, cancel: Callable[[], None]
    ) -> AsyncIterator[Queued]:
        now = self._clock()
        queued = Queued(self._store.place(person, rank), person, now, cancel)
        if not self._store.limits.total:
            queued.runs(now)
            yield queued
            return
        self._enter(queued)
        failed = False
        try:
            yield queued
        except ModelError:
            failed = True
            raise
        finally:
            self._leave(queued, failed=failed)

    def _enter(self, queued: Queued) -> None:
        self._queued[queued.place.name] = queued
        GENERATIONS_WAITING.inc(queued.asks)
        self._look()

    def _leave(self, queued: Queued, *, failed: bool) -> None:
        """A model that failed, or did something else, tells nothing of how long an answer takes."""
        del self._queued[queued.place.name]
        since = queued.runs_since
        if since is None:
            GENERATIONS_WAITING.dec(queued.asks)
        tells = queued.asks and not failed and since is not None
        seconds = self._clock() - since if tells and since is not None else None
        self._left[queued.place.name] = seconds
        self._look()

    def _look(self) -> None:
        self._changed.set()
        if self._standing is None or self._standing.done():
            self._standing = self._background.spawn("stand in line", self._stand())

    async def _stand(self) -> None:
        """As long as anybody of this process has a place, or is still to give it up."""
        clear_contextvars()  # whoever came first isn't whom the log is about
        while True:
            self._changed.clear()
            try:
                await self._ask()
            except StorageAway as error:
                self._soon = False
                log.debug("line.storage_away", error=str(error))
            if not self._queued and not self._left:
                return
            with suppress(TimeoutError):
                async with asyncio.timeout(self._patience()):
                    await self._changed.wait()

    def _patience(self) -> float:
        """Who is about to be let in by another process's end looks for it more often."""
        if self._soon:
            return LOOK_SOON
        waits = self._left or any(queued.runs_since is None for queued in self._queued.values())
        return LOOK_EVERY if waits else SIGN_EVERY

    async def _ask(self) -> None:
        left, now = dict(self._left), self._clock()
        runs = [one.place for one in self._queued.values() if one.runs_since is not None]
        waits = [one for one in self._queued.values() if one.runs_since is None]
        if len(waits) > AT_ONCE and now - self._told_all_at < LOOK_EVERY:
            waits = [one for one in waits if not one.place.tag]
        else:
            self._told_all_at = now
        standing = await self._store.stand(runs, [one.place for one in waits], left)
        for name in left:
            del self._left[name]
        self._tell(waits, standing)

    def _tell(self, waits: list[Queued], standing: Standing) -> None:
        for name in standing.cancelled:
            if name in self._queued:
                self._queued[name].cancel()
        limit = self._store.limits.total
        self._soon = not standing.alone and any(0 < one <= limit for one in standing.positions)
        seen = sorted(zip(standing.positions, standing.tags, waits, strict=True), key=itemgetter(0))
        let_in = (queued.place.name for position, _, queued in seen if not position)
        for name in (*standing.let_in, *let_in):
            self._let_in(name)
        theirs = Counter(one.person for one in self._queued.values() if one.runs_since is not None)
        for position, tag, queued in seen:
            if position:
                theirs[queued.person] += 1
                seconds = self._wait(position, theirs[queued.person]) * standing.seconds
                queued.waits(Waiting(position, seconds), tag)

    def _wait(self, position: int, own: int) -> float:
        """In generations; own: how many of the same person run or wait up to here, this included.

        Whoever has as many running as they may waits for one of those, however free the model is.
        """
        limits = self._store.limits
        return max(position / limits.total, (own - limits.person) / limits.person)

    def _let_in(self, name: str) -> None:
        queued = self._queued.get(name)
        if queued is None or queued.runs_since is not None:
            return  # another process's, stopped meanwhile, or named twice
        now = self._clock()
        if queued.asks:
            GENERATIONS_WAITING.dec()
            LINE_WAIT.observe(now - queued.since)
        queued.runs(now)
