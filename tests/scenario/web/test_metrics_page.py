"""The page that Prometheus reads, while Redis is there and while it isn't."""

import math
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
from redis.asyncio import Redis as Straight

from chaos.ports import free_port
from luka_bot import __version__
from luka_bot.demo.model import ScriptedOllama
from luka_bot.demo.telegram import Fault, Limits, LocalTelegram
from luka_bot.demo.telegram.local import FIRST_UPDATE
from luka_bot.ingest.intake import TRIES_LIMIT
from luka_bot.storage import keys
from luka_bot.web import metrics
from tests.luka import TOKEN, Luka, settings_for
from tests.metrics import Growth, Samples, scraped
from tests.process import luka_process
from tests.scenario.bot.talking import ask
from tests.scenario.bot.test_redis_away import Redis, luka_with_redis
from tests.waiting import wait_until, wait_until_found

FROM_REDIS = [
    "luka_inbox_depth",
    "luka_inbox_oldest_seconds",
    "luka_dead_letters_kept",
    "luka_replicas",
]


class Prometheus:
    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def scrapes(self) -> Samples:
        page = await self._client.get(metrics.PATH)
        assert page.status_code == 200
        assert page.headers["Content-Type"].startswith("text/plain; version=0.0.4")
        return scraped(page.text)

    async def sees(self, name: str, /, **labels: str) -> float:
        return (await self.scrapes())[name, frozenset(labels.items())]


@asynccontextmanager
async def prometheus(port: int) -> AsyncIterator[Prometheus]:
    address = f"http://127.0.0.1:{port}"
    async with httpx.AsyncClient(base_url=address, timeout=10) as client:
        yield Prometheus(client)


@asynccontextmanager
async def watched_luka(folder: Path) -> AsyncIterator[tuple[Luka, Redis, Prometheus]]:
    port = free_port()
    async with (
        luka_with_redis(folder, web_port=port) as (luka, redis),
        prometheus(port) as watcher,
    ):
        await luka.telegram.wait_for(lambda: luka.telegram.calls_of("getUpdates"))
        yield luka, redis, watcher


async def test_a_scrape_tells_what_waits_now(tmp_path: Path) -> None:
    async with watched_luka(tmp_path) as (luka, _, watcher):
        luka.model.gate.clear()
        await luka.telegram.person(7, "Anna").writes("Hi!")
        await luka.telegram.wait_for(lambda: luka.model.streaming == 1)

        assert await watcher.sees("luka_inbox_depth") == 1
        assert await watcher.sees("luka_inbox_oldest_seconds") > 0
        assert await watcher.sees("luka_replicas") == 1

        luka.model.gate.set()
        await wait_until_found(lambda: _equals(watcher, "luka_inbox_depth", 0))
        assert await watcher.sees("luka_inbox_oldest_seconds") == 0


async def test_a_scrape_tells_how_many_updates_were_given_up(tmp_path: Path) -> None:
    async with watched_luka(tmp_path) as (luka, _, watcher):
        assert await watcher.sees("luka_dead_letters_kept") == 0

        luka.telegram.inject({"message": {"message_id": "no number"}})

        await wait_until_found(lambda: _equals(watcher, "luka_dead_letters_kept", 1))


async def test_without_redis_a_scrape_still_tells_all_the_rest(tmp_path: Path) -> None:
    growth = Growth()
    async with watched_luka(tmp_path) as (luka, redis, watcher):
        await ask(luka, luka.telegram.person(7, "Anna"), "Hi!")
        await redis.stop()

        page = await watcher.scrapes()

        assert all(math.isnan(page[name, frozenset()]) for name in FROM_REDIS)
        assert math.isnan(page["luka_jobs", frozenset({("state", "pending")})])
        assert page["luka_turns_total", frozenset({("outcome", "done")})] >= 1
        assert growth.of("luka_storage_away_total") >= 1
        await redis.start()
        await wait_until_found(lambda: _equals(watcher, "luka_inbox_depth", 0))


async def test_a_scrape_tells_of_the_process_and_its_version(tmp_path: Path) -> None:
    async with watched_luka(tmp_path) as (_, _, watcher):
        assert await watcher.sees("luka_build_info", version=__version__) == 1
        assert await watcher.sees("python_gc_collections_total", generation="2") >= 0
        if sys.platform == "linux":
            assert await watcher.sees("process_resident_memory_bytes") > 1 << 20


async def test_round_trips_are_timed_by_script_and_by_command(tmp_path: Path) -> None:
    growth = Growth()
    async with luka_with_redis(tmp_path) as (luka, _):
        await ask(luka, luka.telegram.person(7, "Anna"), "Hi!")

    trips = "luka_storage_seconds_count"
    assert growth.of(trips, command="open_turn") == 1
    assert growth.of(trips, command="set") >= 1
    assert growth.of(trips, command="evalsha") == 0


async def test_a_replica_that_leaves_work_behind_is_counted_as_taken_over(tmp_path: Path) -> None:
    growth = Growth()
    async with luka_with_redis(tmp_path, shutdown_grace=0) as (luka, redis):
        urls = luka.telegram.url, luka.model.url
        second = luka.twin(settings_for(*urls, tmp_path / "second", redis_url=redis.url))
        luka.model.gate.clear()
        await luka.telegram.person(7, "Anna").writes("Hi!")
        await luka.telegram.wait_for(lambda: luka.model.streaming == 1)
        second.start()

        await luka.stop()
        luka.model.gate.set()

        await luka.telegram.wait_for(lambda: luka.telegram.said(7) == ["Hello there."], seconds=15)
        assert growth.of("luka_inbox_takeovers_total") == 1
        await second.stop()


async def test_an_update_that_kept_ending_the_process_is_counted_as_poison(tmp_path: Path) -> None:
    growth = Growth()
    async with luka_with_redis(tmp_path, shutdown_grace=0) as (luka, redis):
        luka.model.gate.clear()
        await luka.telegram.person(7, "Anna").writes("Hi!")
        await luka.telegram.wait_for(lambda: luka.model.streaming == 1)
        await luka.stop()
        async with Straight.from_url(redis.url) as client:
            await client.hset(keys.INBOX_TRIES, str(FIRST_UPDATE), str(TRIES_LIMIT))

        luka.start()

        await luka.telegram.wait_for(lambda: "went wrong" in luka.telegram.said(7)[-1], seconds=15)
        await wait_until(lambda: growth.of("luka_dead_letters_total", reason="poison") == 1)


async def test_a_send_that_a_killed_run_left_in_doubt_is_counted_by_the_next(
    tmp_path: Path,
) -> None:
    port = free_port()
    async with (
        LocalTelegram.open(token=TOKEN, limits=Limits.none()) as telegram,
        ScriptedOllama.open(reply="Yes") as model,
    ):
        telegram.faults.add("sendMessage", Fault.silence())
        async with luka_process(tmp_path, telegram, model) as first:
            await telegram.person(7, "Anna").writes("Hi!")
            await telegram.wait_for(lambda: telegram.calls_of("sendMessage"), seconds=20)
            first.kill()
            await first.ended()

        async with (
            luka_process(tmp_path, telegram, model, WEB_PORT=str(port)),
            prometheus(port) as watcher,
        ):
            await telegram.wait_for(lambda: telegram.said(7) == ["Yes"], seconds=20)
            assert await watcher.sees("luka_ambiguous_sends_total", why="restart") == 1


async def _equals(watcher: Prometheus, name: str, value: float) -> bool:
    return await watcher.sees(name) == value
