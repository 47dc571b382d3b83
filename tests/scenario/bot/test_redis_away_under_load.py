"""Redis is away for longer than any lease holds, while people go on writing."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from tests.luka import running_luka
from tests.scenario.bot.many import Talk, answered, echo, told
from tests.scenario.storage.sentinels import Program, single_server
from tests.waiting import wait_until

AWAY = float(os.environ.get("LUKA_TEST_AWAY", "12"))  # s; leases hold 10
EVERY = AWAY / 12  # s between two rounds; of updates that aren't stored Telegram shows but 100


@asynccontextmanager
async def frozen(redis: Program) -> AsyncIterator[None]:
    redis.freeze()
    yield
    redis.thaw()


@asynccontextmanager
async def killed(redis: Program) -> AsyncIterator[None]:
    await redis.kill()
    yield
    await redis.start()


async def keep_asking(talk: Talk, seconds: float) -> None:
    now = asyncio.get_running_loop().time
    end = now() + seconds
    while now() < end:
        await talk.round()
        await passed(now() + EVERY)


async def passed(moment: float) -> None:
    """The loop's clock shows it."""
    await wait_until(lambda: asyncio.get_running_loop().time() >= moment)


@pytest.mark.parametrize("away", [frozen, killed])
async def test_nothing_is_lost_and_everybody_is_told_once(
    away: Callable[[Program], AbstractAsyncContextManager[None]], tmp_path: Path
) -> None:
    async with (
        single_server(tmp_path / "redis") as redis,
        running_luka(tmp_path / "luka", redis_url=redis.url, reply=echo) as luka,
    ):
        talk = Talk(luka)
        await talk.round()
        await talk.answers()  # it has begun to poll
        await talk.round()
        async with away(redis):
            await keep_asking(talk, AWAY)
            late = luka.telegram.person(90, "Late")
            await late.writes("Is anybody there?")
            await luka.telegram.wait_for(lambda: told(luka, late), seconds=15)
        await talk.round()

        await talk.answers()
        await luka.telegram.wait_for(lambda: answered(luka, late) == ["Is anybody there?"])

        assert talk.heard() == talk.everything()
        assert [told(luka, one) for one in (*talk.people, late)] == [1] * (len(talk.people) + 1)
