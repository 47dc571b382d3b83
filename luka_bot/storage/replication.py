"""Writes that outlast a failover: confirmed only when a replica has them too."""

from collections.abc import Sequence
from typing import Any

import structlog
from redis.asyncio import Redis
from redis.exceptions import NoScriptError, RedisError, ResponseError

from luka_bot.metrics import STORAGE_UNREPLICATED
from luka_bot.storage import keys
from luka_bot.storage.client import Reply
from luka_bot.storage.scripts import Compiled
from luka_bot.storage.sentinel import Address, PrimaryPool

log = structlog.get_logger(__name__)

PATIENCE = 1000  # ms for a replica to say that it has it
LONE_PATIENCE = 20  # ms where there was none the last time: each write would wait in vain


class Unreplicated(RedisError):
    """A failover would lose what was written."""


class Replication:
    """Redis replicates later than it answers, so a failover loses what only the old primary had."""

    def __init__(self, pool: PrimaryPool) -> None:
        self._pool = pool
        self._lone = False

    async def evaluate(
        self, redis: Redis, script: Compiled, names: Sequence[str], args: Sequence[str | int]
    ) -> Reply:
        """One round trip. Raises Unreplicated if there are replicas and none has it."""
        call = (len(names), *names, *args)
        try:
            return await self._confirmed(redis, "EVALSHA", script.sha, *call)
        except NoScriptError:
            return await self._confirmed(redis, "EVAL", script.text, *call)

    async def _confirmed(self, redis: Redis, *command: str | int) -> Reply:
        """All on one connection, since WAIT counts what that connection wrote. A script that finds
        its work done already writes nothing, so a mark is set behind it: whoever has the mark has
        all that was written before."""
        pipeline = redis.pipeline(transaction=False)
        pipeline.execute_command(*command)
        pipeline.set(keys.REPLICATED, 1, ex=keys.REPLICATED_LIFE)
        pipeline.execute_command("WAIT", 1, LONE_PATIENCE if self._lone else PATIENCE)
        pipeline.execute_command("ROLE")
        primary = self._pool.master_address
        reply, *marked, copies, role = await pipeline.execute(raise_on_error=False)
        for answer in (reply, *marked, role):
            if isinstance(answer, ResponseError):
                raise answer
        if not _is_count(copies):
            await self._without_copy(role, primary)
        else:
            self._tell(lone=False)
        return list(reply)

    async def _without_copy(self, role: list[Any], primary: Address | None) -> None:
        """Raises Unreplicated, unless there is no replica at all: then the bot would be deaf until
        somebody mends one. A former primary has none either, so Sentinel is asked first."""
        kind, _, replicas = role if role[0] == "master" else (role[0], 0, [])
        if kind != "master" or replicas:
            self._tell(lone=False)
            raise Unreplicated("written, but no replica has it")
        now = await self._pool.get_master_address()  # type: ignore[no-untyped-call] # redis-py's
        if now != (primary or now):
            raise Unreplicated("written to a former primary")
        self._tell(lone=True)
        STORAGE_UNREPLICATED.inc()

    def _tell(self, *, lone: bool) -> None:
        if lone and not self._lone:
            log.warning("storage.no_replica", hint="a failover now would lose what is written")
        if self._lone and not lone:
            log.info("storage.replicated_again")
        self._lone = lone


def _is_count(copies: object) -> bool:
    """How many have it; WAIT is refused where the primary is demoted meanwhile."""
    return isinstance(copies, int) and copies > 0
