"""Alarms that a process raised which is no more."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from redis.asyncio import Redis as Straight

from luka_bot.storage import keys
from luka_bot.storage.binary import bundled_binary
from luka_bot.storage.embedded import embedded_server, server_folder
from tests.scenario.bot.alarming import GROUP, watched_luka


async def test_what_was_raised_before_a_restart_is_said_to_be_over_after_it(tmp_path: Path) -> None:
    async with _redis(tmp_path) as (url, redis):
        await _raised(redis, "model")

        async with watched_luka(tmp_path / "luka", redis_url=url) as watched:
            said = watched.luka.telegram.said
            over = ["🟢 The model answers again."]
            await watched.luka.telegram.wait_for(lambda: said(GROUP) == over)


async def test_what_only_the_other_way_in_can_raise_is_over_with_it(tmp_path: Path) -> None:
    async with _redis(tmp_path) as (url, redis):
        await _raised(redis, "poll")

        async with watched_luka(tmp_path / "luka", redis_url=url, webhook=True) as watched:
            said = watched.luka.telegram.said
            over = ["🟢 luka hears Telegram again."]
            await watched.luka.telegram.wait_for(lambda: said(GROUP) == over)


@asynccontextmanager
async def _redis(folder: Path) -> AsyncIterator[tuple[str, Straight]]:
    url = f"unix://{server_folder(folder)}/redis.sock"
    async with (
        embedded_server(bundled_binary() or Path(), folder),
        Straight.from_url(url, decode_responses=True) as redis,
    ):
        yield url, redis


async def _raised(redis: Straight, name: str) -> None:
    await redis.hset(keys.alarm(name), mapping={"shown": "raised", "sent_at": "1"})
    await redis.expire(keys.alarm(name), 60)
