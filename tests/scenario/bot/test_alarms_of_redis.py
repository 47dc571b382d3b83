"""Redis away, or there and of no use: what is told of it, by whom, and how often."""

from pathlib import Path

from luka_bot.storage.binary import bundled_binary
from luka_bot.storage.embedded import embedded_server, server_folder
from tests.process import luka_command
from tests.scenario.bot.alarming import watched_luka, watched_with_redis
from tests.waiting import wait_until

BINARY = bundled_binary() or Path()


async def test_redis_away_is_told_without_redis(tmp_path: Path) -> None:
    url = f"unix://{server_folder(tmp_path)}/redis.sock"
    async with embedded_server(BINARY, tmp_path):
        watching = watched_luka(tmp_path / "luka", redis_url=url)
        watched = await watching.__aenter__()
    try:
        await watched.sees("storage")

        async with embedded_server(BINARY, tmp_path):
            await watched.forgets("storage")
    finally:
        await watching.__aexit__(None, None, None)


async def test_a_redis_that_is_full_is_told_as_what_it_is(tmp_path: Path) -> None:
    async with watched_with_redis(tmp_path) as (watched, redis):
        await redis.config_set("maxmemory", "1")

        await watched.sees("storage")
        status, told = await watched.readiness()
        doctor = await luka_command(
            tmp_path, "doctor", REDIS_URL=watched.luka.settings.redis_url, DATA_DIR="elsewhere"
        )

        assert status == 503
        assert told["checks"]["storage"]["detail"].startswith("Redis takes no writes (")
        assert "maxmemory" in doctor.out
        await redis.config_set("maxmemory", "0")
        await watched.forgets("storage")


async def test_a_replica_that_can_not_write_is_no_lost_lease(tmp_path: Path) -> None:
    async with watched_with_redis(tmp_path) as (watched, redis):
        await redis.replicaof("127.0.0.1", 1)

        await watched.sees("storage")
        await wait_until(lambda: bool(watched.logged("replica.work_dropped")), seconds=20)

        assert [line["alarm"] for line in watched.logged("alarm.raised")] == ["storage"]
        await redis.replicaof("NO", "ONE")
        await watched.forgets("storage")
