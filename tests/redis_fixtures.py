"""A real server for the tests, emptied for each; whoever leaves a key without a lifetime fails."""

from collections.abc import AsyncGenerator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from redis.asyncio import Redis, UnixDomainSocketConnection

from luka_bot.services.thread_service import ThreadService
from luka_bot.storage import keys
from luka_bot.storage.binary import server_binary
from luka_bot.storage.client import Storage, StorageKind
from luka_bot.storage.connect import connected, socket_pool
from luka_bot.storage.embedded import embedded_server
from luka_bot.storage.inbox import Inbox
from luka_bot.storage.inbox_records import InboxRecords
from luka_bot.storage.replicas import Membership
from luka_bot.storage.threads import ThreadStore
from luka_bot.storage.turns import TurnStore

START = 1_759_567_500.0  # 4 October 2025, 08:45 UTC


class HandClock:
    """Seconds since the epoch, moved by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> float:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += seconds


class Wire:
    """Counts what goes out: one write to the socket is one round trip."""

    def __init__(self) -> None:
        self.trips = 0

    @contextmanager
    def costs(self, trips: int) -> Iterator[None]:
        before = self.trips
        yield
        assert self.trips - before == trips

    def connection_class(self) -> type[UnixDomainSocketConnection]:
        wire = self

        class Counted(UnixDomainSocketConnection):
            async def send_packed_command(
                self,
                command: bytes | str | Iterable[bytes],
                check_health: bool = True,  # noqa: FBT001, FBT002 - the client's own signature
            ) -> None:
                wire.trips += 1
                await super().send_packed_command(command, check_health)

        return Counted


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def redis_socket(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Path, None]:
    binary = server_binary()
    assert binary is not None, "no server for this platform"
    async with embedded_server(binary, tmp_path_factory.mktemp("store")) as socket:
        yield socket


@pytest_asyncio.fixture
async def redis(redis_socket: Path) -> AsyncGenerator[Redis, None]:
    """Straight to the server, for arranging and asserting."""
    client = Redis(unix_socket_path=str(redis_socket), decode_responses=True)
    await client.flushall()
    yield client
    await client.aclose()


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest_asyncio.fixture
async def storage(redis_socket: Path, redis: Redis, wire: Wire) -> AsyncGenerator[Storage, None]:
    pool = socket_pool(redis_socket, wire.connection_class())
    async with connected(pool, StorageKind.EMBEDDED) as storage:
        yield storage
    await keys_are_tidy(redis)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def threads(storage: Storage, clock: HandClock) -> ThreadService:
    return ThreadService(ThreadStore(storage), TurnStore(storage), clock)


@pytest_asyncio.fixture
async def membership(storage: Storage, clock: HandClock) -> Membership:
    membership = Membership(storage, clock)
    await membership.join()
    return membership


@pytest.fixture
def inbox(storage: Storage, membership: Membership, clock: HandClock) -> Inbox:
    return Inbox(storage, membership, clock, limit=1000)


@pytest.fixture
def records(storage: Storage, clock: HandClock) -> InboxRecords:
    return InboxRecords(storage, clock)


async def keys_are_tidy(redis: Redis) -> None:
    """Every key is one of ours and ends when keys.py says, at the latest."""
    async for key in redis.scan_iter():
        try:
            life = keys.lifetime(key)
        except KeyError:
            pytest.fail(f"a key that keys.py doesn't know: {key}")
        left = await redis.ttl(key)
        if key.startswith(keys.TICKETS):
            continue  # some end by themselves, as pydocket likes
        if life is None:
            assert left == -1, f"{key} should stay, and ends in {left} s"
        else:
            assert 0 <= left <= life.total_seconds(), f"{key} lives {left} s, not {life}"
