"""Lanes that are cancelled, and begun again."""

from luka_bot.background import Background
from luka_bot.ingest.lanes import Lanes
from tests.waiting import wait_until


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
