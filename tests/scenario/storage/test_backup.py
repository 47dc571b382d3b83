"""What docs/operations.md says about backups, done as it is said."""

import re
import shutil
from pathlib import Path

from redis.asyncio import Redis

from luka_bot.storage.connect import open_storage
from tests.process import ROOT
from tests.scenario.storage.sentinels import PASSWORD, SERVER, Program, single_server
from tests.scenario.storage.servers import service
from tests.scenario.storage.talk import ANN, said
from tests.waiting import wait_until_found


def told(heading: str) -> list[str]:
    """The commands for valkey-cli under a heading of the page, in order."""
    page = (ROOT / "docs" / "operations.md").read_text("utf-8")
    section = page.partition(f"### {heading}\n")[2].partition("\n#")[0]
    return re.findall(r"valkey-cli ([A-Z][A-Za-z ]+[a-z]|[A-Z]+)", section)


async def follow(server: Program, commands: list[str]) -> None:
    async with server.client() as redis:
        for command in commands:
            if command == "INFO persistence":
                await wait_until_found(lambda: all_done(redis))
            else:
                await redis.execute_command(*command.split())  # type: ignore[no-untyped-call] # redis-py's


async def all_done(redis: Redis) -> bool:
    info = await redis.info("persistence")
    waits = ("rdb_bgsave_in_progress", "aof_rewrite_in_progress", "aof_rewrite_scheduled")
    return not any(info[name] for name in waits)


async def test_a_backup_taken_while_luka_goes_on_comes_back_as_it_was(tmp_path: Path) -> None:
    async with single_server(tmp_path / "old") as old:
        async with open_storage(old.url, tmp_path) as storage:
            await said(service(storage), "t1", "remember this")
        commands = told("Backup")
        assert commands == ["BGSAVE", "INFO persistence"]
        await follow(old, commands)

    (tmp_path / "new").mkdir()
    shutil.copy(tmp_path / "old" / "dump.rdb", tmp_path / "new" / "dump.rdb")
    loading = Program(
        tmp_path / "new", PASSWORD, SERVER.format(password=PASSWORD) + "appendonly no\n"
    )
    await loading.start()
    commands = told("Restore")
    assert commands == ["CONFIG SET appendonly yes", "INFO persistence"]
    await follow(loading, commands)
    await loading.kill()

    async with (
        single_server(tmp_path / "new") as new,
        open_storage(new.url, tmp_path) as storage,
    ):
        thread = await service(storage).get_active_thread(ANN)
        assert thread.message_count == 2


async def test_a_copy_of_data_dir_is_a_backup(tmp_path: Path) -> None:
    async with open_storage("", tmp_path / "data") as storage:
        await said(service(storage), "t1", "remember this")

    shutil.copytree(tmp_path / "data", tmp_path / "copy")

    async with open_storage("", tmp_path / "copy") as storage:
        thread = await service(storage).get_active_thread(ANN)
        assert thread.message_count == 2
