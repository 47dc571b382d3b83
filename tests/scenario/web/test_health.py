"""What those hear who restart us, or send us work."""

import json
from pathlib import Path

import aiohttp

from chaos.ports import free_port
from luka_bot import __version__
from luka_bot.demo.telegram import Fault
from tests.luka import TOKEN, running_luka
from tests.scenario.bot.alarming import QUICK, Watched, watched_luka
from tests.waiting import wait_until_found


async def test_a_bot_that_hears_and_can_answer_is_ready(tmp_path: Path) -> None:
    async with watched_luka(tmp_path) as watched:
        status, told = await watched.readiness()

    assert (status, told["status"], told["version"]) == (200, "ready", __version__)
    assert told["replica"]
    assert all(check["ok"] for check in told["checks"].values())
    assert {"storage", "model", "poll", "inbox_stuck"} <= told["checks"].keys()


async def test_a_bot_that_can_not_begin_lives_and_is_not_ready(tmp_path: Path) -> None:
    port = free_port()
    redis = "redis://me:hush-hush@127.0.0.1:1/0"
    async with running_luka(tmp_path, pulse=QUICK, web_port=port, redis_url=redis) as luka:
        watched = Watched(luka, [])

        await wait_until_found(lambda: watched.shows("storage", "Redis", ok=False))

        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://127.0.0.1:{port}/health/live") as answer,
        ):
            assert (answer.status, await answer.json()) == (200, {"status": "ok"})


async def test_nothing_private_is_shown_whatever_is_wrong(tmp_path: Path) -> None:
    port = free_port()
    redis = "redis://me:hush-hush@127.0.0.1:1/0"
    async with running_luka(
        tmp_path,
        pulse=QUICK,
        web_port=port,
        redis_url=redis,
        ollama_url="http://me:hush-hush@127.0.0.1:1",
        faults={"getMe": Fault.server_error(description=f"{TOKEN} hush-hush")},
    ) as luka:
        watched = Watched(luka, [])
        await wait_until_found(lambda: watched.shows("model", "server", ok=False))

        text = json.dumps(await watched.readiness())

    assert "hush-hush" not in text
    assert TOKEN not in text


async def test_a_stand_by_is_ready_as_long_as_somebody_polls(tmp_path: Path) -> None:
    async with watched_luka(tmp_path) as watched:
        luka = watched.luka
        shared = f"unix://{(tmp_path / 'redis' / 'redis.sock').resolve()}"
        settings = luka.settings.model_copy(update={"redis_url": shared, "web_port": free_port()})
        second = luka.twin(settings)
        second.start()

        await Watched(second, []).well()
        _, told = await Watched(second, []).readiness()

        await second.stop()
    assert told["checks"]["poll"]["detail"].startswith("another replica polled")
