"""Redis away is never "no threads", and it is forgiven as soon as it is back."""

import os
import signal
from collections.abc import AsyncGenerator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from redis.asyncio import Redis
from structlog.testing import capture_logs

from luka_bot.models.errors import StorageAway
from luka_bot.services.thread_service import ThreadService
from luka_bot.storage.binary import bundled_binary
from luka_bot.storage.client import Storage, StorageKind
from luka_bot.storage.connect import connected, given_pool
from luka_bot.storage.embedded import embedded_server, server_folder
from luka_bot.storage.inbox import Inbox
from luka_bot.storage.replicas import Membership
from luka_bot.storage.threads import ThreadStore
from luka_bot.storage.turns import TurnStore
from tests.inboxes import bring
from tests.redis_fixtures import START
from tests.scenario.storage.talk import ANN, done, question, said

BINARY = bundled_binary() or Path()


@pytest_asyncio.fixture
async def impatient(tmp_path: Path) -> AsyncGenerator[Storage, None]:
    """A client of the server in tmp_path that gives up after 0.2 s."""
    url = f"unix://{server_folder(tmp_path)}/redis.sock?socket_timeout=0.2"
    async with connected(given_pool(url), StorageKind.GIVEN) as storage:
        yield storage


@pytest.fixture
def people(impatient: Storage) -> ThreadService:
    return ThreadService(ThreadStore(impatient), TurnStore(impatient), lambda: START)


async def test_a_stopped_server_is_storage_away_and_then_all_goes_on(
    tmp_path: Path, people: ThreadService
) -> None:
    async with embedded_server(BINARY, tmp_path):
        turn = await people.open_turn(question("t1", "hello"))
    for attempt in (
        people.list_threads(ANN),
        people.get_active_thread(ANN),
        people.open_turn(question("t2")),
        people.commit_turn(turn, done("HELLO")),
    ):
        with pytest.raises(StorageAway):
            await attempt
    async with embedded_server(BINARY, tmp_path):
        assert await people.commit_turn(turn, done("HELLO"))
        assert (await people.list_threads(ANN)).threads[0].message_count == 2


async def test_a_server_that_hangs_is_away(
    tmp_path: Path, impatient: Storage, people: ThreadService
) -> None:
    async with embedded_server(BINARY, tmp_path):
        await said(people, "t1")
        pid = (await impatient.read(lambda redis: redis.info("server")))["process_id"]
        os.kill(pid, signal.SIGSTOP)
        try:
            with pytest.raises(StorageAway):
                await people.open_turn(question("t2"))
        finally:
            os.kill(pid, signal.SIGCONT)
        await said(people, "t2")
        assert (await people.get_active_thread(ANN)).message_count == 4


async def test_the_log_hears_of_an_outage_once_however_many_ask(
    impatient: Storage,
) -> None:
    with capture_logs() as logs:
        for _ in range(5):
            with pytest.raises(StorageAway):
                await impatient.ping()

    told = [line for line in logs if line["event"] == "storage.away"]
    assert len(told) == 1
    assert told[0]["error"]


Switch = Callable[[Redis], Awaitable[object]]


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        (lambda r: r.config_set("maxmemory", 1), lambda r: r.config_set("maxmemory", 0)),
        (lambda r: r.replicaof("127.0.0.1", 1), lambda r: r.replicaof("NO", "ONE")),
        (
            lambda r: r.config_set("min-replicas-to-write", 3),
            lambda r: r.config_set("min-replicas-to-write", 0),
        ),
    ],
    ids=["out of memory", "read-only", "too few replicas"],
)
async def test_a_server_that_refuses_to_write_is_away(
    tmp_path: Path, people: ThreadService, impatient: Storage, broken: Switch, mended: Switch
) -> None:
    async with embedded_server(BINARY, tmp_path):
        turn = await people.open_turn(question("t1"))
        membership = Membership(impatient, lambda: START)
        await membership.join()
        inbox = Inbox(impatient, membership, lambda: START, limit=10)
        await impatient.write(broken)
        for attempt in (people.commit_turn(turn, done("yes")), bring(inbox, {"update_id": 1})):
            with pytest.raises(StorageAway):
                await attempt
        await impatient.write(mended)
        assert await people.commit_turn(turn, done("yes"))
        assert await bring(inbox, {"update_id": 1}) == 1


async def test_a_server_that_forgot_our_scripts_learns_them_again(
    threads: ThreadService, redis: Redis
) -> None:
    await said(threads, "t1")
    await redis.script_flush()
    await said(threads, "t2")
    assert (await threads.get_active_thread(ANN)).message_count == 4


async def test_a_cut_connection_is_made_anew(threads: ThreadService, redis: Redis) -> None:
    await said(threads, "t1")
    await redis.client_kill_filter(_type="normal", skipme=True)
    await said(threads, "t2")
    assert (await threads.get_active_thread(ANN)).message_count == 4
