import asyncio
from collections.abc import AsyncGenerator

import pytest

from luka_bot.models.conversation_errors import AgentTimeout
from luka_bot.models.events import Delta, Finished, TurnEvent, Waiting
from luka_bot.services.conversations.agents.timing import in_time

SHORT = 0.02  # s


async def events(*given: TurnEvent, late: float = 0.0) -> AsyncGenerator[TurnEvent, None]:
    """late: seconds until they begin."""
    with_pause = asyncio.Event()
    asyncio.get_running_loop().call_later(late, with_pause.set)
    await with_pause.wait()
    for event in given:
        yield event


async def test_no_word_in_time_is_a_timeout() -> None:
    with pytest.raises(AgentTimeout):
        async for _ in in_time(events(Delta("late"), late=60.0), SHORT):
            pass


async def test_once_it_speaks_it_may_take_its_time() -> None:
    async def slow() -> AsyncGenerator[TurnEvent, None]:
        yield Delta("Well")
        async for event in events(Finished(), late=3 * SHORT):
            yield event

    assert [event async for event in in_time(slow(), SHORT)] == [Delta("Well"), Finished()]


async def test_who_waits_in_the_line_is_not_late() -> None:
    async def queued() -> AsyncGenerator[TurnEvent, None]:
        yield Waiting(2)
        async for event in events(Waiting(0), Delta("Hi"), Finished(), late=3 * SHORT):
            yield event

    heard = [event async for event in in_time(queued(), SHORT)]

    assert heard == [Waiting(2), Waiting(0), Delta("Hi"), Finished()]
