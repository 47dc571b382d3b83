"""A place in the line through a kill, through Redis away, and over two processes."""

from pathlib import Path

from luka_bot.demo.model import ScriptedOllama
from luka_bot.demo.telegram import Limits, LocalTelegram
from luka_bot.models.ids import TurnId
from luka_bot.storage import keys
from luka_bot.storage.connect import open_storage
from tests.luka import TOKEN, running_luka
from tests.process import luka_process
from tests.scenario.bot.talking import newest
from tests.scenario.bot.test_redis_away import Redis
from tests.waiting import wait_until, wait_until_found

NEXT = "⏳ You're next in line."


async def is_kept(data_dir: Path, turn_id: TurnId) -> bool:
    """Whether luka would know after a kill where this turn's answer stands."""
    async with open_storage("", data_dir, attach=True) as storage:
        return bool(await storage.read(lambda redis: redis.hget(keys.turn(turn_id), "ids")))


def asked(model: ScriptedOllama) -> list[str]:
    return [request["messages"][-1]["content"] for request in model.requests]


async def test_killed_while_somebody_waits_their_message_becomes_the_answer_and_no_place_is_lost(
    tmp_path: Path,
) -> None:
    async with (
        LocalTelegram.open(token=TOKEN, limits=Limits.none()) as telegram,
        ScriptedOllama.open() as model,
    ):
        anna, ben = telegram.person(7, "Anna"), telegram.person(8, "Ben")
        model.gate.clear()
        async with luka_process(tmp_path, telegram, model, MAX_CONCURRENT_GENERATIONS="1") as luka:
            await anna.writes("Anna's?")
            await telegram.wait_for(lambda: len(model.requests) == 1, seconds=20)
            await ben.writes("Ben's?")
            await telegram.wait_for(lambda: telegram.said(8) == [NEXT])
            shown = telegram.shown(8)[-1].message_id
            await wait_until_found(lambda: is_kept(tmp_path / "data", TurnId("u1001")))
            luka.kill()
            await luka.ended()
        model.gate.set()
        async with luka_process(tmp_path, telegram, model, MAX_CONCURRENT_GENERATIONS="1"):
            await telegram.wait_for(lambda: telegram.said(7) == ["Hello there."], seconds=20)
            await telegram.wait_for(lambda: telegram.said(8) == ["Hello there."])

        assert telegram.shown(8)[-1].message_id == shown
        assert sorted(asked(model)) == ["Anna's?", "Anna's?", "Ben's?"]


async def test_a_killed_neighbour_leaves_no_place_behind(tmp_path: Path) -> None:
    """Its conversations are taken over, and those who waited for its answer wait no longer."""
    redis = Redis(tmp_path / "redis")
    await redis.start()
    shared = {"REDIS_URL": redis.url, "MAX_CONCURRENT_GENERATIONS": "1"}
    (folder := tmp_path / "second").mkdir()
    async with (
        LocalTelegram.open(token=TOKEN, limits=Limits.none()) as telegram,
        ScriptedOllama.open() as model,
        luka_process(tmp_path, telegram, model, **shared) as first,
    ):
        anna, ben = telegram.person(7, "Anna"), telegram.person(8, "Ben")
        model.gate.clear()
        await anna.writes("Anna's?")
        await telegram.wait_for(lambda: len(model.requests) == 1, seconds=20)
        async with luka_process(folder, telegram, model, **shared):
            first.kill()
            await first.ended()
            model.gate.set()
            await ben.writes("Ben's?")
            await telegram.wait_for(lambda: telegram.said(7) == ["Hello there."], seconds=20)
            await telegram.wait_for(lambda: telegram.said(8) == ["Hello there."])
    await redis.stop()


async def test_redis_away_keeps_those_who_wait_in_their_place(tmp_path: Path) -> None:
    redis = Redis(tmp_path / "redis")
    await redis.start()
    async with running_luka(
        tmp_path / "luka", redis_url=redis.url, max_concurrent_generations=1
    ) as luka:
        luka.model.gate.clear()
        anna, ben = luka.telegram.person(7, "Anna"), luka.telegram.person(8, "Ben")
        await anna.writes("Anna's?")
        await luka.telegram.wait_for(lambda: len(luka.model.requests) == 1)
        await ben.writes("Ben's?")
        await luka.telegram.wait_for(lambda: newest(luka, 8).text == NEXT)

        await redis.stop()
        luka.model.gate.set()
        await wait_until(lambda: luka.model.streaming == 0)
        assert (asked(luka.model), luka.telegram.said(8)) == (["Anna's?"], [NEXT])
        await redis.start()

        await luka.telegram.wait_for(lambda: luka.telegram.said(8) == ["Hello there."], seconds=15)
        assert asked(luka.model) == ["Anna's?", "Ben's?"]
    await redis.stop()
