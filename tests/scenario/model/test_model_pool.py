"""Several Ollama servers share the work."""

from contextlib import AsyncExitStack

from luka_bot.demo.model import Reply
from tests.scenario.model.two_servers import two, warm
from tests.waiting import wait_until


async def test_who_asks_alone_is_answered_by_the_first() -> None:
    async with two() as both:
        assert [await both.heard() for _ in range(3)] == ["first here"] * 3


async def test_two_who_ask_at_once_are_answered_by_one_server_each() -> None:
    async with two() as both:
        await warm(both.first, both.second)
        await both.looked()
        for server in (both.first, both.second):
            server.gate.clear()
            server.reply_with(Reply(f"{server.url} and more", hold_after=1))
        async with AsyncExitStack() as stack:
            said = [await both.begin(stack), await both.begin(stack)]

    assert said == [both.first.url, both.second.url]


async def test_a_server_that_has_the_model_in_memory_goes_first() -> None:
    async with two() as both:
        await warm(both.second)
        await both.looked()

        assert await both.heard() == "second here"


async def test_a_cold_server_helps_when_the_warm_one_is_busy() -> None:
    async with two() as both:
        assert await both.heard() == "first here"
        both.first.gate.clear()
        both.first.reply_with(*[Reply("first two", hold_after=1)] * 2)
        async with AsyncExitStack() as stack:
            assert await both.begin(stack) == "first"
            assert await both.begin(stack) == "first"
            assert await both.begin(stack) == "second"


async def test_who_lets_go_makes_room_again() -> None:
    async with two() as both:
        assert await both.heard() == "first here"
        both.first.gate.clear()
        both.first.reply_with(*[Reply("first two", hold_after=1)] * 2)
        async with AsyncExitStack() as stack:
            assert await both.begin(stack) == "first"
            assert await both.begin(stack) == "first"
        await wait_until(lambda: both.first.streaming == 0)
        both.first.gate.set()

        assert await both.heard() == "first here"
        assert both.first.aborted == 2
