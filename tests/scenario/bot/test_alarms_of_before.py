"""Alarms that a process raised which is no more."""

from pathlib import Path

from redis.asyncio import Redis as Straight

from luka_bot.storage import keys
from luka_bot.storage.binary import bundled_binary
from luka_bot.storage.embedded import embedded_server, server_folder
from tests.scenario.bot.alarming import GROUP, watched_luka


async def test_what_was_raised_before_a_restart_is_said_to_be_over_after_it(tmp_path: Path) -> None:
    url = f"unix://{server_folder(tmp_path)}/redis.sock"
    async with (
        embedded_server(bundled_binary() or Path(), tmp_path),
        Straight.from_url(url, decode_responses=True) as redis,
    ):
        await redis.hset(keys.alarm("model"), mapping={"shown": "raised", "sent_at": "1"})
        await redis.expire(keys.alarm("model"), 60)

        async with watched_luka(tmp_path / "luka", redis_url=url) as watched:
            said = watched.luka.telegram.said
            over = ["🟢 The model answers again."]
            await watched.luka.telegram.wait_for(lambda: said(GROUP) == over)
