"""Our own server is killed: it is there again soon, with its data."""

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from luka_bot.models.errors import StorageAway
from luka_bot.storage.client import StorageKind
from luka_bot.storage.connect import connected, open_storage, runs_beside, socket_pool
from luka_bot.storage.embedded import embedded_server
from tests.scenario.storage.servers import (
    back,
    gone,
    killed,
    server_pid,
    service,
    starts,
    stubborn,
)
from tests.scenario.storage.talk import ANN, said
from tests.waiting import wait_until


async def test_a_killed_server_is_soon_there_again_with_its_data(tmp_path: Path) -> None:
    async with open_storage("", tmp_path) as storage:
        await said(service(storage), "t1", "hello")
        for _ in range(2):
            pid = await killed(storage)
            await back(storage)
            assert await server_pid(storage) != pid
        await said(service(storage), "t2", "again")
        assert (await service(storage).get_active_thread(ANN)).message_count == 4
        last = await server_pid(storage)
    assert gone(last)


async def test_that_it_was_started_again_stands_in_the_log(tmp_path: Path) -> None:
    with capture_logs() as lines:
        async with open_storage("", tmp_path) as storage:
            await killed(storage)
            await wait_until(lambda: lines[-1]["event"] == "storage.restarted")
    events = [line["event"] for line in lines]
    assert events == ["storage.started", "storage.ended", "storage.restarted"]


async def test_a_server_that_fails_to_start_again_is_tried_until_it_does(tmp_path: Path) -> None:
    async with (
        embedded_server(stubborn(tmp_path), tmp_path / "data") as socket,
        connected(socket_pool(socket), StorageKind.EMBEDDED) as storage,
    ):
        await said(service(storage), "t1", "hello")
        (tmp_path / "broken").touch()
        await killed(storage)
        await wait_until(lambda: starts(tmp_path) >= 3)
        with pytest.raises(StorageAway):
            await storage.ping()
        (tmp_path / "broken").unlink()
        await back(storage)
        assert (await service(storage).get_active_thread(ANN)).message_count == 2


async def test_stopping_while_the_server_is_down_leaves_nothing_running(tmp_path: Path) -> None:
    async with (
        embedded_server(stubborn(tmp_path), tmp_path / "data") as socket,
        connected(socket_pool(socket), StorageKind.EMBEDDED) as storage,
    ):
        (tmp_path / "broken").touch()
        await killed(storage)
        await wait_until(lambda: starts(tmp_path) >= 2)
    assert not runs_beside(tmp_path / "data")
    async with open_storage("", tmp_path / "data") as storage:
        await storage.ping()


async def test_a_program_that_cant_be_run_is_storage_away(tmp_path: Path) -> None:
    with pytest.raises(StorageAway, match="nothing can't be started: No such file"):
        async with embedded_server(tmp_path / "nothing", tmp_path):
            pass
