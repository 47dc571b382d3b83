"""Lanes that are cancelled, and begun again."""

import asyncio

from luka_bot.background import Background
from luka_bot.ingest.lanes import Lanes
from tests.waiting import wait_until


async def test_who_waits_until_a_lane_is_quiet_waits_no_longer_than_they_said() -> None:
    gate = asyncio.Event()

    async def work() -> None:
        await gate.wait()

    async with Background() as background:
        lanes = Lanes(background)
        await lanes.quiet("chat:7:", 60)
        lanes.put("chat:7:", work)
        lanes.put("chat:7:", work)
        await lanes.quiet("chat:7:", 0.01)

        waiting = asyncio.gather(lanes.quiet("chat:7:", 60))
        await asyncio.sleep(0)
        assert not waiting.done()
        gate.set()
        await waiting


async def test_a_lane_that_was_cancelled_before_it_began_can_begin_again() -> None:
    ran: list[str] = []

    async def work() -> None:
        ran.append("work")

    async with Background() as background:
        lanes = Lanes(background)
        lanes.put("chat:7:", work)
        await background.cancel()
        lanes.forget()

        lanes.put("chat:7:", work)

        await wait_until(lambda: ran == ["work"])
