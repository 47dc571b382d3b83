"""Behind Sentinel: the primary may change, and what was confirmed is still there."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

import pytest

from luka_bot.background import Background
from luka_bot.metrics import REGISTRY
from luka_bot.models.errors import StorageAway
from luka_bot.storage.client import Storage
from luka_bot.storage.connect import open_storage
from luka_bot.storage.scripts import Script
from tests.scenario.storage.sentinels import (
    PASSWORD,
    SENTINEL_PASSWORD,
    Program,
    Watched,
    watched_servers,
)
from tests.scenario.storage.servers import back
from tests.waiting import wait_until, wait_until_found

LIST = "noted"


def script(text: str) -> Script:
    return Script(text, repeatable=True, fenced=False, name="test")


NOTE_ONCE = script(
    f"if redis.call('LPOS', '{LIST}', ARGV[1]) then return {{'KNOWN'}} end "
    f"redis.call('RPUSH', '{LIST}', ARGV[1]) return {{'OK'}}"
)


@pytest.fixture
async def watched(tmp_path: Path) -> AsyncIterator[Watched]:
    async with watched_servers(tmp_path) as servers:
        yield servers


@pytest.fixture
async def storage(watched: Watched, tmp_path: Path) -> AsyncIterator[Storage]:
    async with open_storage(watched.url, tmp_path) as storage:
        await storage.ping()
        yield storage


async def note(storage: Storage, text: str) -> str:
    reply = await storage.run(NOTE_ONCE, args=[text], replicated=True)
    return str(reply[0])


async def noted(storage: Storage) -> list[str]:
    return [str(text) for text in await storage.read(lambda redis: redis.lrange(LIST, 0, -1))]


async def noted_soon(storage: Storage, text: str) -> None:
    """Asked again until it is confirmed, as an update is."""

    async def confirmed() -> bool:
        try:
            await note(storage, text)
        except StorageAway:
            return False
        return True

    await wait_until_found(confirmed, seconds=20)


async def port(storage: Storage) -> int:
    info = await storage.read(lambda redis: redis.info("server"))
    return int(info["tcp_port"])


async def our_connections(server: Program) -> int:
    """How many clients it has besides Sentinels, replicas and the one that asks."""
    async with server.client() as redis:
        clients = await redis.client_list(_type="normal")
    return len([one for one in clients if not one["name"].startswith("sentinel")]) - 1


async def test_what_was_confirmed_is_there_after_a_killed_primary(
    watched: Watched, storage: Storage
) -> None:
    confirmed: list[str] = []
    stop = asyncio.Event()

    async def write() -> None:
        while not stop.is_set():
            text = str(len(confirmed))
            await noted_soon(storage, text)
            confirmed.append(text)

    async with Background() as background:
        background.spawn("write", write())
        await wait_until(lambda: len(confirmed) > 200, seconds=20)
        former = await watched.primary()
        await former.kill()
        before = len(confirmed)
        await watched.failed_over(former)
        await wait_until(lambda: len(confirmed) > before + 20, seconds=20)
        stop.set()
        await background.drain(10)

    assert await noted(storage) == confirmed, "each once, in order"
    assert await port(storage) != former.port


async def test_a_write_is_not_confirmed_before_a_replica_has_it(
    watched: Watched, storage: Storage
) -> None:
    replica = await watched.replica()
    assert await note(storage, "first") == "OK"
    replica.freeze()
    for _ in range(2):  # the second finds it written, which is no better
        with pytest.raises(StorageAway, match="no replica has it"):
            await note(storage, "second")
    replica.thaw()

    await noted_soon(storage, "second")

    assert await noted(storage) == ["first", "second"]


async def test_a_lone_primary_goes_on_and_is_counted(watched: Watched, storage: Storage) -> None:
    def unreplicated() -> float:
        return REGISTRY.get_sample_value("luka_storage_unreplicated_total") or 0.0

    await note(storage, "first")
    before = unreplicated()
    replica = await watched.replica()
    await replica.kill()

    await noted_soon(storage, "second")

    assert unreplicated() == before + 1
    await watched.rejoin(replica)
    await noted_soon(storage, "third")
    async with replica.client() as straight:
        assert await straight.lrange(LIST, 0, -1) == ["first", "second", "third"]
    assert unreplicated() == before + 1


async def test_a_primary_that_was_frozen_and_wakes_confirms_nothing(
    watched: Watched, storage: Storage
) -> None:
    await asyncio.gather(*(note(storage, f"before {number}") for number in range(8)))
    former = await watched.primary()
    former.freeze()
    with pytest.raises(StorageAway):
        await note(storage, "lost")
    await watched.failed_over(former)
    former.thaw()

    await asyncio.gather(*(noted_soon(storage, f"after {number}") for number in range(20)))

    (other,) = (server for server in watched.servers if server is not former)
    async with other.client() as straight:
        found = await straight.lrange(LIST, 0, -1)
    assert set(found) >= {f"after {number}" for number in range(20)}


async def test_connections_to_a_demoted_primary_are_dropped(
    watched: Watched, storage: Storage
) -> None:
    await asyncio.gather(*(note(storage, str(number)) for number in range(8)))
    former = await watched.primary()
    assert await our_connections(former) > 1
    async with watched.sentinels[0].client() as sentinel:
        await sentinel.sentinel_failover("luka")
    await watched.failed_over(former)
    await back(storage)

    await asyncio.gather(*(noted_soon(storage, f"then {number}") for number in range(8)))

    assert await port(storage) != former.port
    assert await our_connections(former) == 0


async def test_a_sentinel_that_hangs_or_is_gone_hinders_nobody(
    watched: Watched, tmp_path: Path
) -> None:
    watched.sentinels[0].freeze()
    await watched.sentinels[1].kill()

    async with open_storage(watched.url, tmp_path) as storage:
        assert await note(storage, "there") == "OK"


async def test_without_any_sentinel_redis_is_away(watched: Watched, tmp_path: Path) -> None:
    for sentinel in watched.sentinels:
        await sentinel.kill()

    async with open_storage(watched.url, tmp_path) as storage:
        with pytest.raises(StorageAway, match="no Sentinel answers"):
            await storage.ping()


async def test_a_service_that_no_sentinel_knows_is_said(watched: Watched, tmp_path: Path) -> None:
    async with open_storage(watched.url.replace("/luka/", "/other/"), tmp_path) as storage:
        with pytest.raises(StorageAway, match="'other'"):
            await storage.ping()


@pytest.mark.parametrize("word", [PASSWORD, quote(SENTINEL_PASSWORD)])
async def test_without_the_right_passwords_redis_is_away(
    watched: Watched, tmp_path: Path, word: str
) -> None:
    async with open_storage(watched.url.replace(word, "guess"), tmp_path) as storage:
        with pytest.raises(StorageAway):
            await storage.ping()
