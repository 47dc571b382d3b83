"""The server of our own: started with us, stopped with us, its data kept."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest

from luka_bot.models.errors import DataDirTaken, StorageAway
from luka_bot.storage.client import StorageKind
from luka_bot.storage.connect import in_memory, open_storage
from luka_bot.storage.embedded import embedded_server, server_folder
from tests.scenario.storage.servers import gone, server_pid, service
from tests.scenario.storage.talk import ANN, said

OTHER_LUKA = """
import asyncio, sys
from pathlib import Path
from luka_bot.storage.connect import open_storage
async def live():
    async with open_storage("", Path(sys.argv[1])) as storage:
        await storage.write(lambda redis: redis.set("poll:seen", "before", ex=100))
        info = await storage.read(lambda redis: redis.info("server"))
        sys.stdout.write(f"server {info['process_id']}\\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)
asyncio.run(live())
"""


@asynccontextmanager
async def other_luka(data_dir: Path) -> AsyncGenerator[tuple[Process, int], None]:
    """A luka in a process of its own, and its server's pid; it ends when its stdin closes."""
    luka = await asyncio.create_subprocess_exec(
        sys.executable, "-c", OTHER_LUKA, data_dir, stdin=PIPE, stdout=PIPE
    )
    assert luka.stdout is not None
    while not (line := await luka.stdout.readline()).startswith(b"server "):
        assert line, "it ended before its server ran"
    yield luka, int(line.split()[1])
    await luka.communicate(b"")


async def test_threads_are_there_after_a_restart(tmp_path: Path) -> None:
    async with open_storage("", tmp_path) as storage:
        assert storage.kind is StorageKind.EMBEDDED
        await said(service(storage), "t1", "hello")
        pid = await server_pid(storage)
    assert gone(pid)
    async with open_storage("", tmp_path) as storage:
        assert (await service(storage).get_active_thread(ANN)).message_count == 2


async def test_a_second_luka_on_the_same_data_is_refused(tmp_path: Path) -> None:
    async with open_storage("", tmp_path) as storage:
        with pytest.raises(DataDirTaken, match=f"pid {os.getpid()}") as refusal:
            async with open_storage("", tmp_path):
                pass
        assert str(tmp_path) in str(refusal.value)
        await storage.ping()


async def test_a_guest_joins_a_running_server_and_leaves_it_running(tmp_path: Path) -> None:
    async with open_storage("", tmp_path) as storage:
        await said(service(storage), "t1")
        async with open_storage("", tmp_path, attach=True) as guest:
            assert guest.kind is StorageKind.ATTACHED
            assert (await service(guest).get_active_thread(ANN)).message_count == 2
        await storage.ping()


async def test_a_guest_with_no_host_starts_a_server(tmp_path: Path) -> None:
    async with open_storage("", tmp_path / "new", attach=True) as storage:
        assert storage.kind is StorageKind.EMBEDDED
        await storage.ping()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
async def test_when_we_are_killed_the_server_goes_and_the_data_stays(tmp_path: Path) -> None:
    async with other_luka(tmp_path) as (luka, pid):
        luka.kill()
        await luka.wait()
        async with open_storage("", tmp_path) as storage:  # at once: it waits for the orphan
            assert gone(pid)
            assert await storage.read(lambda redis: redis.get("poll:seen")) == "before"


async def test_another_process_is_refused_and_named(tmp_path: Path) -> None:
    async with other_luka(tmp_path) as (luka, pid):
        with pytest.raises(DataDirTaken, match=f"pid {luka.pid}"):
            async with open_storage("", tmp_path):
                pass
    assert luka.returncode == 0
    assert gone(pid)


async def test_the_server_is_ours_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "42:secret")
    async with open_storage("", tmp_path) as storage:
        server = psutil.Process(await server_pid(storage))
        assert server.net_connections(kind="inet") == []
        assert "BOT_TOKEN" not in server.environ()
        assert os.getsid(server.pid) != os.getsid(0), "Ctrl-C would end it before our last words"
        folder = server_folder(tmp_path)
        assert folder.stat().st_mode & 0o777 == 0o700
        assert (folder / "redis.sock").stat().st_mode & 0o777 == 0o700
        kept = await storage.read(lambda redis: redis.config_get("appendfsync", "maxmemory-policy"))
        assert kept == {"appendfsync": "always", "maxmemory-policy": "noeviction"}


async def test_a_long_path_is_no_obstacle(tmp_path: Path) -> None:
    deep = tmp_path / ("a" * 60) / ("b" * 60)
    async with open_storage("", deep) as storage:
        await storage.ping()
        async with open_storage("", deep, attach=True) as guest:
            await guest.ping()
        short = await storage.read(lambda redis: redis.config_get("unixsocket"))
    assert not Path(str(short["unixsocket"])).parent.exists()


async def test_a_server_that_doesnt_start_says_where_to_look(tmp_path: Path) -> None:
    with pytest.raises(StorageAway, match=r"server\.log"):
        async with embedded_server(Path("/bin/false"), tmp_path):
            pass
    async with open_storage("", tmp_path) as storage:
        await storage.ping()


async def test_a_given_redis_is_used_as_it_is(redis_socket: Path, tmp_path: Path) -> None:
    async with open_storage(f"unix://{redis_socket}", tmp_path / "unused") as storage:
        assert storage.kind is StorageKind.GIVEN
        await storage.ping()
    assert not (tmp_path / "unused").exists()


async def test_a_redis_url_that_is_none_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="scheme"):
        async with open_storage("htp://nowhere", tmp_path):
            pass


async def test_where_there_is_no_server_memory_does() -> None:
    async with in_memory() as storage:
        assert storage.kind is StorageKind.MEMORY
        await said(service(storage), "t1", "hello")
        assert (await service(storage).get_active_thread(ANN)).message_count == 2


async def test_each_memory_is_its_own() -> None:
    async with in_memory() as one, in_memory() as other:
        await said(service(one), "t1")
        assert (await service(other).list_threads(ANN)).total == 0


async def test_a_redis_that_nobody_started_is_away(tmp_path: Path) -> None:
    async with open_storage(f"unix://{tmp_path}/none.sock", tmp_path) as storage:
        with pytest.raises(StorageAway):
            await storage.ping()
