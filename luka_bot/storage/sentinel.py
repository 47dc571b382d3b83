"""A primary that may change: Sentinel is asked which it is, at every new connection."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import structlog
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.connection import AbstractConnection
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import MasterNotFoundError, Sentinel, SentinelConnectionPool
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

SCHEME = "redis+sentinel://"
PORT = 26379
SENTINEL_SECONDS = 0.5  # for one Sentinel's answer; the others answer meanwhile
_CONNECTIONS = 4  # to each Sentinel; a burst of new connections asks one after another

log = structlog.get_logger(__name__)

Address = tuple[str, int]


@dataclass(frozen=True, slots=True)
class SentinelUrl:
    """redis+sentinel://[[user]:password@]host[:port][,host[:port]...]/service[/db]

    with ?sentinel_username=…&sentinel_password=… where the Sentinels want another password.
    """

    hosts: tuple[Address, ...]
    service: str
    db: int
    server: dict[str, str]
    sentinels: dict[str, str]

    @classmethod
    def parse(cls, url: str) -> "SentinelUrl":
        """Raises ValueError, which doesn't show the password."""
        rest, _, query = url.removeprefix(SCHEME).partition("?")
        login, _, rest = rest.rpartition("@")
        hosts, _, path = rest.partition("/")
        service, _, db = path.partition("/")
        if not service:
            raise ValueError("the address names no service behind the Sentinels")
        user, _, password = login.partition(":")
        return cls(
            hosts=tuple(_address(host) for host in hosts.split(",")),
            service=unquote(service),
            db=int(db or 0),
            server=_filled(username=unquote(user), password=unquote(password)),
            sentinels=_sentinel_login(query),
        )


class Sentinels(Sentinel):
    """All are asked at once, and the newest knowledge counts: one that was frozen or cut off with
    an old primary still believes in that."""

    async def discover_master(self, service_name: str) -> Address:
        async with asyncio.TaskGroup() as group:
            asked = [group.create_task(_state(one, service_name)) for one in self.sentinels]
        known = [state for task in asked if (state := task.result())]
        if not known:
            raise MasterNotFoundError(f"no Sentinel answers that knows {service_name!r}")
        newest = max(known, key=lambda state: (int(state["config-epoch"]), not _is_down(state)))
        if _is_down(newest):
            raise MasterNotFoundError(f"the primary of {service_name!r} is down")
        return str(newest["ip"]), int(newest["port"])


class PrimaryPool(SentinelConnectionPool, BlockingConnectionPool):
    """Connections to the primary, as many as may be; those to a former one are dropped."""

    async def release(self, connection: AbstractConnection) -> None:
        if address(connection) != self.master_address:
            connection.mark_for_reconnect()  # type: ignore[no-untyped-call] # redis-py's
        await super().release(connection)


@asynccontextmanager
async def primary_pool(url: str, options: Mapping[str, Any]) -> AsyncGenerator[PrimaryPool, None]:
    """options: those of our other pools. Leaving closes it. Raises ValueError if url is none."""
    parsed = SentinelUrl.parse(url)
    sentinels = Sentinels([])  # type: ignore[no-untyped-call] # redis-py's
    sentinels.sentinels = [_client(host, parsed.sentinels) for host in parsed.hosts]
    pool = PrimaryPool(  # type: ignore[no-untyped-call] # redis-py's
        parsed.service,
        sentinels,
        db=parsed.db,
        retry=Retry(NoBackoff(), 0),
        **parsed.server,
        **options,
    )
    try:
        yield pool
    finally:
        await pool.aclose()
        await sentinels.aclose()


def address(connection: AbstractConnection) -> Address:
    return str(getattr(connection, "host", "")), int(getattr(connection, "port", 0))


def _client(host: Address, login: dict[str, Any]) -> Redis:
    pool = BlockingConnectionPool(
        host=host[0],
        port=host[1],
        max_connections=_CONNECTIONS,
        timeout=None,
        decode_responses=True,
        retry=Retry(NoBackoff(), 0),
        **login,
    )
    return Redis.from_pool(pool)


async def _state(sentinel: Redis, service: str) -> dict[str, Any]:
    """What it knows of the primary; empty if it doesn't answer, or knows none."""
    try:
        async with asyncio.timeout(SENTINEL_SECONDS):
            state = await sentinel.sentinel_master(service)
    except (RedisError, OSError) as error:
        log.debug("sentinel.silent", error=str(error))
        return {}
    return state if isinstance(state, dict) else {}


def _is_down(state: dict[str, Any]) -> bool:
    return bool(state["is_sdown"] or state["is_odown"] or not state["is_master"])


def _address(host: str) -> Address:
    parts = urlsplit(f"//{host}")
    if not parts.hostname:
        raise ValueError("the address lacks the host of a Sentinel")
    return parts.hostname, parts.port or PORT


def _sentinel_login(query: str) -> dict[str, str]:
    given = dict(parse_qsl(query, keep_blank_values=True))
    login = _filled(
        username=given.pop("sentinel_username", ""), password=given.pop("sentinel_password", "")
    )
    if given:
        raise ValueError("behind its ? the address may have sentinel_username, sentinel_password")
    return login


def _filled(**values: str) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}
