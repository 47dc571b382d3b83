import pytest

from luka_bot.background import Background
from luka_bot.models.events import Delta, Finished, TurnEvent
from luka_bot.services.conversations.agents.tee import Tee, Withdrawn
from tests.waiting import wait_until


async def test_each_taker_hears_all_however_late_it_comes() -> None:
    tee, early = Tee(), list[TurnEvent]()

    async def take() -> None:
        early.extend([event async for event in tee.replay()])

    async with Background() as tasks:
        taking = tasks.spawn("take", take())
        for event in (Delta("Hel"), Delta("lo"), Finished()):
            tee.add(event)
        await wait_until(taking.done)

    late = [event async for event in tee.replay()]
    assert early == late == [Delta("Hel"), Delta("lo"), Finished()]


async def test_what_is_withdrawn_ends_for_everybody() -> None:
    tee = Tee()
    tee.add(Delta("Hel"))
    tee.withdraw()

    taken = tee.replay()

    assert await anext(taken) == Delta("Hel")
    with pytest.raises(Withdrawn):
        await anext(taken)
