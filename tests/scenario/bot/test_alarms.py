"""Each alarm: provoked, told in the admin group, seen in readiness, metrics and log, and over."""

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
from redis.asyncio import Redis as Straight

from chaos.ports import free_port
from luka_bot.demo.model import Reply
from luka_bot.demo.telegram import Fault
from luka_bot.demo.telegram.webhook import Target
from luka_bot.metrics import REGISTRY
from luka_bot.storage import keys
from tests.luka import TOKEN
from tests.scenario.bot.alarming import QUICK, SECRET, Watched, watched_luka, watched_with_redis
from tests.waiting import wait_until, wait_until_found


async def test_silence_of_telegram_is_told_as_soon_as_it_ends(tmp_path: Path) -> None:
    async with watched_luka(tmp_path) as watched:
        watched.luka.telegram.faults.add("getUpdates", Fault.silence(), times=None)

        await watched.sees("poll")

        watched.luka.telegram.faults.clear()
        await watched.forgets("poll")


async def test_a_poll_that_hangs_is_begun_anew(tmp_path: Path) -> None:
    async with watched_luka(tmp_path) as watched:
        anna = watched.luka.telegram.person(7, "Anna")
        watched.luka.telegram.faults.add("getUpdates", Fault.silence())

        await watched.sees("poll")
        await anna.writes("Still there?")

        said = watched.luka.telegram.said
        await watched.luka.telegram.wait_for(lambda: said(7) == ["Hello there."])
        assert watched.logged("alarm.cure")


async def test_a_webhook_that_another_program_took_is_told(tmp_path: Path) -> None:
    async with watched_luka(tmp_path, webhook=True) as watched:
        ours = watched.luka.telegram.world.webhook.target

        watched.luka.telegram.world.webhook.aim(Target("http://127.0.0.1:9/theirs", "", 40))
        await watched.sees("webhook")

        watched.luka.telegram.world.webhook.aim(ours)
        await watched.forgets("webhook")


async def test_updates_that_telegram_can_not_bring_are_told(tmp_path: Path) -> None:
    async with watched_luka(tmp_path, webhook=True) as watched:
        telegram = watched.luka.telegram
        url = watched.luka.settings.webhook_url
        telegram.world.webhook.aim(Target(url, "a secret of yesterday", 40))
        await telegram.person(7, "Anna").writes("Hi!")

        await watched.sees("webhook")

        telegram.world.webhook.aim(Target(url, SECRET, 40))
        await watched.forgets("webhook")
        await telegram.wait_for(lambda: telegram.said(7) == ["Hello there."])


async def test_a_second_poller_is_told(tmp_path: Path) -> None:
    async with watched_luka(tmp_path) as watched:
        url = f"{watched.luka.telegram.url}/bot{TOKEN}/getUpdates"

        async with aiohttp.ClientSession() as stranger, stranger.post(url):
            await watched.sees("conflict")

        await watched.forgets("conflict")


async def test_a_replica_that_has_taken_our_place_is_no_stranger(tmp_path: Path) -> None:
    async with watched_with_redis(tmp_path) as (watched, redis):
        url = f"{watched.luka.telegram.url}/bot{TOKEN}/getUpdates"
        await redis.set(
            keys.lease(f"poller:{TOKEN.partition(':')[0]}"), "another replica", px=20_000
        )

        async with aiohttp.ClientSession() as other, other.post(url):
            await wait_until(lambda: bool(watched.logged("polling.lease_lost")), seconds=10)

        assert watched.logged("poll.conflict")
        assert not watched.logged("alarm.raised")
        assert REGISTRY.get_sample_value("luka_last_poll_timestamp_seconds") == 0


async def test_a_token_that_is_refused_is_seen_though_nobody_can_be_told(tmp_path: Path) -> None:
    async with watched_luka(tmp_path) as watched:
        refused = Fault.refuse(401, "Unauthorized")
        watched.luka.telegram.faults.add("getUpdates", refused, times=None)

        await wait_until_found(lambda: watched.shows("token", "401", ok=False))

        assert REGISTRY.get_sample_value("luka_alarm", {"name": "token"}) == 1
        assert await watched.shows("poll", "polled")
        assert [line["alarm"] for line in watched.logged("alarm.raised")] == ["token"]


async def test_a_model_that_is_away_is_told(tmp_path: Path) -> None:
    async with watched_luka(tmp_path) as watched:
        await watched.luka.model.stop()

        await watched.sees("model")

        await watched.luka.model.start()
        await watched.forgets("model")


async def test_a_model_that_fails_every_answer_is_told_though_its_server_looks_well(
    tmp_path: Path,
) -> None:
    async with watched_luka(tmp_path) as watched:
        telegram, model = watched.luka.telegram, watched.luka.model
        people = [telegram.person(number, f"Anna{number}") for number in (7, 8, 9, 10)]
        model.reply_with(*[Reply(status=500, error="broken")] * 3, "Well again.")

        for person in people[:3]:
            await person.writes("Hi!")
        await watched.sees("model")

        await people[3].writes("And now?")
        await watched.forgets("model")


async def test_failed_answers_are_no_alarm_for_ever_where_nobody_asks_again(tmp_path: Path) -> None:
    async with watched_luka(tmp_path, replace(QUICK, failures=4.0)) as watched:
        telegram, model = watched.luka.telegram, watched.luka.model
        model.reply_with(*[Reply(status=500, error="broken")] * 3)

        for number in (7, 8, 9):
            await telegram.person(number, f"Anna{number}").writes("Hi!")
        await watched.sees("model")

        await watched.forgets("model")


async def test_a_replica_that_was_taken_for_dead_tells_it(tmp_path: Path) -> None:
    async with watched_with_redis(tmp_path) as (watched, redis):
        await redis.delete("inbox:replicas", *await redis.keys("lease:replica:*"))

        await watched.sees("lease", serves=True)
        await watched.forgets("lease")


async def test_an_update_that_nobody_can_read_is_told(tmp_path: Path) -> None:
    """Also where one that was tried again takes the place of an older one."""
    async with watched_with_redis(tmp_path) as (watched, redis):
        watched.luka.telegram.inject({"message": {"message_id": "what?"}})

        await watched.sees("dead_letters", serves=True)

        await watched.forgets("dead_letters")
        letters: Any = await redis.xrange(keys.INBOX_DEAD)
        async with redis.pipeline() as pipe:
            pipe.xdel(keys.INBOX_DEAD, letters[0][0])
            pipe.xadd(keys.INBOX_DEAD, letters[0][1])
            await pipe.execute()

        await wait_until(lambda: len(watched.logged("alarm.raised")) == 2)


async def test_an_inbox_that_stands_still_is_told(tmp_path: Path) -> None:
    async with watched_with_redis(tmp_path) as (watched, redis):
        await _leave_waiting(redis, 1, since=time.time() - 60)

        await watched.sees("inbox_stuck")

        await redis.delete("inbox:of:other")
        await watched.forgets("inbox_stuck")


async def test_old_updates_are_no_alarm_while_another_replica_writes(tmp_path: Path) -> None:
    unhurried = replace(QUICK, poll=30.0)  # two lukas start here, on a busy machine
    async with watched_with_redis(tmp_path, pulse=unhurried) as (watched, _):
        luka = watched.luka
        port = free_port()
        second = luka.twin(luka.settings.model_copy(update={"web_port": port}))
        luka.model.gate.clear()
        await luka.telegram.person(7, "Anna").writes("Tell me a long story")
        await luka.telegram.wait_for(lambda: len(luka.model.requests) == 1)
        second.start()

        async def sees_it() -> bool:
            return await Watched(second, []).shows("inbox_stuck", "others are answered")

        await wait_until_found(sees_it)
        luka.model.gate.set()
        await second.stop()
        assert not watched.logged("alarm.raised")


async def test_an_inbox_that_is_nearly_full_is_told(tmp_path: Path) -> None:
    async with watched_with_redis(tmp_path, inbox_limit=10) as (watched, redis):
        await _leave_waiting(redis, 9, since=time.time() + 60)

        await watched.sees("inbox_full", serves=True)

        await redis.delete("inbox:of:other")
        await watched.forgets("inbox_full")


async def test_an_event_loop_that_is_blocked_is_told(tmp_path: Path) -> None:
    async with watched_luka(tmp_path, replace(QUICK, lag=1.0)) as watched:
        end = time.monotonic() + 2
        while time.monotonic() < end:
            pass

        await watched.sees("loop", serves=True)

        await watched.forgets("loop")


async def _leave_waiting(redis: Straight, updates: int, since: float) -> None:
    """With another replica, which lives and works on nothing."""
    await redis.set("lease:replica:other", "other", ex=300)
    await redis.zadd("inbox:replicas", {"other": time.time()})
    for number in range(updates):
        await redis.xadd(
            "inbox:of:other", {"payload": "{}", "at": since, "update": number, "chat": ""}
        )
