"""A server of our own, as the tests see and kill it."""

import asyncio
import os
import signal
from pathlib import Path

import psutil

from luka_bot.models.errors import StorageAway
from luka_bot.services.thread_service import ThreadService
from luka_bot.storage.binary import bundled_binary
from luka_bot.storage.client import Storage
from luka_bot.storage.threads import ThreadStore
from luka_bot.storage.turns import TurnStore
from tests.redis_fixtures import START
from tests.waiting import wait_until

BINARY = bundled_binary() or Path()


def service(storage: Storage) -> ThreadService:
    return ThreadService(ThreadStore(storage), TurnStore(storage), lambda: START)


async def server_pid(storage: Storage) -> int:
    info = await storage.read(lambda redis: redis.info("server"))
    return int(info["process_id"])


async def killed(storage: Storage) -> int:
    """The server's pid; it is dead. All was written out before: while it syncs, it may put that off
    for a second or two."""
    async with asyncio.timeout(10):
        while await unwritten(storage):  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.01)
    pid = await server_pid(storage)
    os.kill(pid, signal.SIGKILL)
    await wait_until(lambda: gone(pid))
    return pid


async def unwritten(storage: Storage) -> int:
    info = await storage.read(lambda redis: redis.info("persistence"))
    return int(info["aof_buffer_length"])


def gone(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


async def back(storage: Storage) -> None:
    async with asyncio.timeout(10):
        while True:
            try:
                return await storage.ping()
            except StorageAway:
                await asyncio.sleep(0.01)


def stubborn(folder: Path) -> Path:
    """A server that notes each start in `starts`, and refuses while there is a file `broken`."""
    program = folder / "server"
    lines = [f"echo >> {folder}/starts", f"[ -e {folder}/broken ] && exit 3", f'exec {BINARY} "$@"']
    program.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    program.chmod(0o755)
    return program


def starts(folder: Path) -> int:
    return len((folder / "starts").read_text())
