"""Where luka is root, a command is somebody else, who is lent the folder while it runs."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from luka_bot.executors.sandbox.disk import exceeds, give, names_in, remove, remove_new
from luka_bot.executors.sandbox.plan import Limits

PLAIN = 65_010  # a number that no distribution gives to anybody


def plain_user() -> int | None:
    """Who commands run as; None for whoever luka is, since only root can become another."""
    return PLAIN if os.geteuid() == 0 else None


@asynccontextmanager
async def lent(folder: Path, root: Path, uid: int | None) -> AsyncIterator[None]:
    """folder to uid, and then back. root: above everybody's; the way down from there is opened."""
    if uid is None:
        yield
        return
    ours = os.geteuid()
    try:
        await asyncio.to_thread(_lend, folder, root, uid)
        yield
    finally:
        with suppress(FileNotFoundError):
            give(str(folder), ours, frozenset({uid}))  # not in a thread: also when cancelled


@asynccontextmanager
async def scratch(uid: int | None) -> AsyncIterator[Path]:
    """For what a command forgets at its end; where it has no /tmp of its own."""
    path = Path(tempfile.mkdtemp(prefix="luka-job-"))
    try:
        if uid is not None:
            os.chown(path, uid, uid)
        yield path
    finally:
        remove(str(path))


@asynccontextmanager
async def kept_small(
    folder: Path, limits: Limits, is_bad: Callable[[], bool]
) -> AsyncIterator[None]:
    """What came into it is taken away again if it is more than there may be, or is_bad says so.

    Raises Unmeasurable where it is like that already.
    """
    before = await asyncio.to_thread(names_in, str(folder))
    try:
        yield
    finally:  # not in a thread: also when cancelled
        if is_bad() or exceeds([str(folder)], limits.quota, limits.files):
            remove_new(str(folder), before)


def _lend(folder: Path, root: Path, uid: int) -> None:
    for above in [root, *(each for each in folder.parents if root in each.parents)]:
        above.chmod(above.stat().st_mode | 0o011)
    give(str(folder), uid, frozenset({os.geteuid()}))
