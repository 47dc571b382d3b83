"""A server of our own, as the tests see and kill it."""

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
from tests.waiting import wait_until, wait_until_found

BINARY = bundled_binary() or Path()


def service(storage: Storage) -> ThreadService:
    return ThreadService(ThreadStore(storage), TurnStore(storage), lambda: START)


async def server_pid(storage: Storage) -> int:
    info = await storage.read(lambda redis: redis.info("server"))
    return int(info["process_id"])


async def killed(storage: Storage) -> int:
    """The server's pid; it is dead. All was written out before: while it syncs, it may put that off
    for a second or two."""
    await wait_until_found(lambda: all_written(storage))
    pid = await server_pid(storage)
    os.kill(pid, signal.SIGKILL)
    await wait_until(lambda: gone(pid))
    return pid


async def all_written(storage: Storage) -> bool:
    info = await storage.read(lambda redis: redis.info("persistence"))
    return int(info["aof_buffer_length"]) == 0


def gone(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


async def back(storage: Storage) -> None:
    await wait_until_found(lambda: answers(storage))


async def answers(storage: Storage) -> bool:
    try:
        await storage.ping()
    except StorageAway:
        return False
    return True


def stubborn(folder: Path) -> Path:
    """A server that notes each start in `starts`, and refuses while there is a file `broken`."""
    program = folder / "server"
    lines = [f"echo >> {folder}/starts", f"[ -e {folder}/broken ] && exit 3", f'exec {BINARY} "$@"']
    program.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    program.chmod(0o755)
    return program


def starts(folder: Path) -> int:
    return len((folder / "starts").read_text())
