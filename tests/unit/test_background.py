"""Tasks have one owner, who joins them."""

import asyncio

import pytest
from structlog.testing import capture_logs

from luka_bot.background import Background


async def _fail() -> None:
    raise LookupError("nothing there")


async def test_leaving_cancels_and_awaits_what_still_runs() -> None:
    ended = asyncio.Event()

    async def wait_for_ever() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async with Background() as background:
        background.spawn("waiting", wait_for_ever())
        started = background.running
        await background.drain(0.01)

    assert started == 1
    assert ended.is_set()
    assert background.running == 0


async def test_a_failure_is_logged_whole_and_takes_no_neighbour_along() -> None:
    release = asyncio.Event()
    done: list[str] = []

    async def neighbour() -> None:
        await release.wait()
        done.append("neighbour")

    async with Background() as background:
        with capture_logs() as logs:
            background.spawn("neighbour", neighbour())
            await background.spawn("failing", _fail())
        release.set()
        assert await background.drain(5)

    assert done == ["neighbour"]
    assert logs == [
        {"event": "background.failed", "task": "failing", "exc_info": True, "log_level": "error"}
    ]


async def test_draining_tells_whether_all_ended_in_time() -> None:
    release = asyncio.Event()

    async def until_released() -> None:
        await release.wait()

    async with Background() as background:
        background.spawn("slow", until_released())
        assert not await background.drain(0.01)
        release.set()
        assert await background.drain(5)


async def test_what_begins_while_draining_is_waited_for_too() -> None:
    done: list[str] = []

    async def second() -> None:
        done.append("second")

    async with Background() as background:

        async def first() -> None:
            background.spawn("second", second())

        background.spawn("first", first())
        assert await background.drain(5)

    assert done == ["second"]


async def test_a_task_may_cancel_all_others_without_waiting_for_itself() -> None:
    async with Background() as background:
        background.spawn("other", asyncio.Event().wait())  # type: ignore[arg-type]  # never ends
        async with asyncio.timeout(5):
            await background.spawn("ending", background.cancel())

        assert background.running == 0


async def test_awaiting_a_cancelled_task_says_so() -> None:
    async with Background() as background:
        task = background.spawn("waiting", asyncio.Event().wait())  # type: ignore[arg-type]
        await background.cancel()

        with pytest.raises(asyncio.CancelledError):
            await task
