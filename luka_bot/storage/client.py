"""The one way to Redis: whatever goes wrong on it is StorageAway."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import Any, TypeVar

import structlog
from redis.asyncio import ConnectionPool, Redis
from redis.asyncio.client import PubSub
from redis.exceptions import ConnectionError as ConnectionLost
from redis.exceptions import NoScriptError, RedisError, ResponseError

from luka_bot.metrics import STORAGE_AWAY, STORAGE_SECONDS
from luka_bot.models.errors import ReplicaLost, StorageAway, StorageRefuses
from luka_bot.models.lives import Lives
from luka_bot.storage import keys
from luka_bot.storage.scripts import Compiled, Script

ANSWER_SECONDS = 5.0  # our slowest script takes milliseconds
TOLD_EVERY = 60.0  # s; who asks in vain asks again each second, and so do many

# Refusals that end by themselves or by the operator's hand; redis-py has no class for them.
_PASSING = (
    "BUSY",
    "LOADING",
    "MASTERDOWN",
    "MISCONF",
    "NOREPLICAS",
    "OOM",
    "READONLY",
    "UNBLOCKED",
)

log = structlog.get_logger(__name__)

Reply = list[Any]
Client = Redis
Evaluate = Callable[[Client, Compiled, Sequence[str], Sequence[str | int]], Awaitable[Reply]]
_T = TypeVar("_T")


class StorageKind(StrEnum):
    GIVEN = "given"  # REDIS_URL
    EMBEDDED = "embedded"  # our own server, started and stopped by us
    ATTACHED = "attached"  # the embedded server of another luka on the same DATA_DIR
    MEMORY = "memory"  # nothing is kept


class Storage:
    """Every method raises StorageAway where Redis doesn't answer, or refuses for now."""

    def __init__(
        self,
        redis: Client,
        kind: StorageKind,
        lives: Lives,
        replicated: Evaluate | None = None,
    ) -> None:
        """replicated: runs a script where there are replicas to be waited for."""
        self._redis = redis
        self.kind = kind
        self._lives = lives
        self._replicated = replicated or evaluate
        self._told_at = float("-inf")
        self._speaker: Callable[[], str] = lambda: ""

    def speak_for(self, replica: Callable[[], str]) -> None:
        """From now on fenced scripts are refused once this replica's place was taken."""
        self._speaker = replica

    async def ping(self) -> None:
        """By a small write: a server that is full, or has become a replica, still says PONG."""
        await self.read(lambda redis: redis.set(keys.PROBE, "1", ex=keys.PROBE_LIFE))

    async def run(
        self,
        script: Script,
        keys: Sequence[str] = (),
        args: Sequence[str | int] = (),
        *,
        replicated: bool = False,
    ) -> Reply:
        """One round trip; one more only where the server doesn't know the script yet.

        replicated: what it wrote, or found written, survives a failover; StorageAway says that it
        may not, though it may be stored. Raises ReplicaLost where the script is fenced off.
        """
        if script.fenced:
            speaker = self._speaker()
            args = [*args, speaker]
            reply = await self._run(script, keys, args, replicated=replicated)
            if reply == ["LOST"]:
                raise ReplicaLost(speaker)
            return reply
        return await self._run(script, keys, args, replicated=replicated)

    async def _run(
        self,
        script: Script,
        keys: Sequence[str],
        args: Sequence[str | int],
        *,
        replicated: bool,
    ) -> Reply:
        how = self._replicated if replicated else evaluate
        compiled = script.living(self._lives)
        with STORAGE_SECONDS.labels(script.name).time():
            if script.repeatable:
                return await self.read(lambda redis: how(redis, compiled, keys, args))
            return await self.write(lambda redis: how(redis, compiled, keys, args))

    async def read(self, command: Callable[[Client], Awaitable[_T]]) -> _T:
        """Asked a second time if the connection broke: only for what changes nothing."""
        with self._watched():
            try:
                return await self._waited(command)
            except ConnectionLost:
                return await self._waited(command)

    async def write(self, command: Callable[[Client], Awaitable[_T]]) -> _T:
        """Asked once: after a broken connection nobody knows whether it was done."""
        with self._watched():
            return await self._waited(command)

    @property
    def socket(self) -> str:
        """The path of the one where Redis listens; "" where it is reached otherwise."""
        return str(self._redis.connection_pool.connection_kwargs.get("path", ""))

    def subscriber(self) -> PubSub:
        """A connection of its own, beside those that commands share; who opens it closes it."""
        shared = self._redis.connection_pool
        own = ConnectionPool(
            connection_class=shared.connection_class, max_connections=1, **shared.connection_kwargs
        )
        return PubSub(own)

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """The log hears of an outage once a minute, however many calls it fails."""
        try:
            with translated():
                yield
        except StorageAway as error:
            now = asyncio.get_running_loop().time()
            if now - self._told_at >= TOLD_EVERY:
                self._told_at = now
                log.warning("storage.away", error=str(error))
            raise

    async def _waited(self, command: Callable[[Client], Awaitable[_T]]) -> _T:
        async with asyncio.timeout(ANSWER_SECONDS):
            return await command(self._redis)


@contextmanager
def translated() -> Iterator[None]:
    """Redis's errors as ours; the cause is chained, so a log shows it whole.

    What a script got wrong comes through as it is: trying again wouldn't help.
    """
    try:
        yield
    except (RedisError, OSError) as error:
        if type(error) is ResponseError and not str(error).startswith(_PASSING):
            raise
        STORAGE_AWAY.inc()
        if isinstance(error, ResponseError):
            raise StorageRefuses(_word(error), str(error)) from error
        raise StorageAway(str(error) or "Redis doesn't answer") from error


def _word(error: ResponseError) -> str:
    """redis-py has a class for some refusals, and takes the server's word away then."""
    kind = type(error)
    return str(error).partition(" ")[0] if kind is ResponseError else kind.__name__


async def evaluate(
    redis: Client, script: Compiled, keys: Sequence[str], args: Sequence[str | int]
) -> Reply:
    try:
        reply = await redis.execute_command(  # type: ignore[no-untyped-call] # theirs
            "EVALSHA", script.sha, len(keys), *keys, *args
        )
    except NoScriptError:
        reply = await redis.eval(script.text, len(keys), *keys, *args)
    return list(reply)
